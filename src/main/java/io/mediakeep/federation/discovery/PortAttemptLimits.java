package io.mediakeep.federation.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.concurrent.MonotonicTicker;
import io.mediakeep.outbound.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Bounds how many ports of one host are tried in vain, since strangers name the ports, and we are not to scan other
 * people's hosts for them. Ports at which homeservers usually listen, and those where one has answered, are not counted:
 * naming others does not keep us from them.
 */
final class PortAttemptLimits {
    /** How many attempts may fail before the host's other ports are left alone. */
    static final int MOST_FAILURES = 4;

    /** How long they are left alone. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    private static final Set<Integer> USUAL = Set.of(443, HostPort.DEFAULT_PORT);
    private static final int MOST_REMEMBERED = 20_000;

    private final Cache<String, Integer> failures;
    private final Cache<String, Boolean> answering =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    /** No port has been tried yet. */
    PortAttemptLimits(Clock clock) {
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(PAUSE)
                .ticker(new MonotonicTicker(clock))
                .build();
    }

    /** Whether the port may be tried. */
    boolean mayAsk(Route route) {
        Integer failed = failures.getIfPresent(host(route));
        return failed == null || failed < MOST_FAILURES || !isCounted(route);
    }

    void fails(Route route) {
        if (isCounted(route)) {
            failures.asMap().merge(host(route), 1, Integer::sum);
        }
    }

    void answers(Route route) {
        answering.put(hostAndPort(route), true);
    }

    private boolean isCounted(Route route) {
        return !USUAL.contains(route.port()) && answering.getIfPresent(hostAndPort(route)) == null;
    }

    private static String host(Route route) {
        return route.host().toLowerCase(Locale.ROOT);
    }

    private static String hostAndPort(Route route) {
        return host(route) + " " + route.port();
    }
}
