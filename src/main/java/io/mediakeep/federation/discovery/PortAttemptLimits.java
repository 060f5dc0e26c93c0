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
 * Limits failed connections to different ports of one host, so that requests cannot be used to scan ports. Usual ports
 * of homeservers, and those that have responded, are not counted: naming other ports does not block these.
 */
final class PortAttemptLimits {
    /** How many attempts may fail before other ports of the host are blocked. */
    static final int MAX_FAILURES = 4;

    /** How long they are blocked. */
    static final Duration BLOCK_TIME = Duration.ofMinutes(10);

    private static final Set<Integer> USUAL = Set.of(443, HostPort.DEFAULT_PORT);
    private static final int MAX_ENTRIES = 20_000;

    private final Cache<String, Integer> failures;
    private final Cache<String, Boolean> responding =
            Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

    /** Without attempts. */
    PortAttemptLimits(Clock clock) {
        this.failures = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterWrite(BLOCK_TIME)
                .ticker(new MonotonicTicker(clock))
                .build();
    }

    /** Whether a connection to the port is permitted. */
    boolean isPermitted(Route route) {
        Integer failed = failures.getIfPresent(host(route));
        return failed == null || failed < MAX_FAILURES || !isCounted(route);
    }

    void recordFailure(Route route) {
        if (isCounted(route)) {
            failures.asMap().merge(host(route), 1, Integer::sum);
        }
    }

    void recordResponse(Route route) {
        responding.put(hostAndPort(route), true);
    }

    private boolean isCounted(Route route) {
        return !USUAL.contains(route.port()) && responding.getIfPresent(hostAndPort(route)) == null;
    }

    private static String host(Route route) {
        return route.host().toLowerCase(Locale.ROOT);
    }

    private static String hostAndPort(Route route) {
        return host(route) + " " + route.port();
    }
}
