package io.mediakeep.federation.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.concurrent.ConcurrencyLimits;
import io.mediakeep.concurrent.ConcurrencyLimits.Outcome;
import io.mediakeep.concurrent.MonotonicTicker;
import io.mediakeep.matrix.MatrixException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * How many requests may wait for keys that we do not know. They come from strangers, each holds a thread, and each origin
 * that they name is somebody whom we ask: so no caller, and no host that is named, has more than a share.
 */
final class KeyRequestLimits {
    static final int MOST = 64;

    /** How many of them for one host; a caller has half as many. */
    static final int SHARE = 16;

    /** How many questions of one caller may fail in a minute before the caller has to wait. */
    static final int MOST_FAILURES = 30;

    private static final int MOST_CALLERS = 20_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final ConcurrencyLimits waiting = new ConcurrencyLimits(MOST, SHARE);
    private final Cache<String, Integer> failures;

    /** Nobody waits. */
    KeyRequestLimits(Clock clock) {
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterWrite(MINUTE)
                .ticker(new MonotonicTicker(clock))
                .build();
    }

    /** The work of asking, whose result is there unless the question fails. */
    interface KeyRequest {
        CachedKeys ask();
    }

    /**
     * Asks on behalf of a caller.
     *
     * @param host whom the question is about, whatever its port
     * @throws MatrixException 503 when too many wait, altogether, for this caller, or for this host
     */
    CachedKeys inLine(String caller, String host, KeyRequest question) {
        Integer failed = failures.getIfPresent(caller);
        if (failed != null && failed >= MOST_FAILURES) {
            throw busy();
        }
        List<String> parties = ConcurrencyLimits.parties(caller, host);
        if (waiting.enter(parties) != Outcome.TAKEN) {
            throw busy();
        }
        try {
            CachedKeys keys = question.ask();
            if (keys.keys().isEmpty()) {
                failures.asMap().merge(caller, 1, Integer::sum);
            }
            return keys;
        } finally {
            waiting.leave(parties);
        }
    }

    static MatrixException busy() {
        return MatrixException.unavailable("Too many unknown signing keys are being asked for", TRY_AGAIN);
    }
}
