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
 * Limits the requests that wait for unknown keys. They are unauthenticated, each holds a thread, and each causes a
 * request to the server that they name: so callers and named hosts have only a share.
 */
final class KeyRequestLimits {
    static final int MAX_WAITING = 64;

    /** How many of them may be for one host; a caller has half as many. */
    static final int MAX_WAITING_FOR_HOST = 16;

    /** How many requests for a caller may fail in a minute before further ones are rejected. */
    static final int MAX_FAILURES = 30;

    private static final int MAX_CALLERS = 20_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ConcurrencyLimits waiting = new ConcurrencyLimits(MAX_WAITING, MAX_WAITING_FOR_HOST);
    private final Cache<String, Integer> failures;

    /** Without requests. */
    KeyRequestLimits(Clock clock) {
        this.failures = Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                .expireAfterWrite(MINUTE)
                .ticker(new MonotonicTicker(clock))
                .build();
    }

    /** Fetches keys. */
    interface KeyRequest {
        CachedKeys fetch();
    }

    /**
     * Fetches keys for a caller, within the limits.
     *
     * @param host of the server whose keys are fetched, without its port
     * @throws MatrixException 503 when too many requests wait, in total, for this caller, or for this host
     */
    CachedKeys fetch(String caller, String host, KeyRequest request) {
        Integer failed = failures.getIfPresent(caller);
        if (failed != null && failed >= MAX_FAILURES) {
            throw busy();
        }
        List<String> parties = ConcurrencyLimits.parties(caller, host);
        if (waiting.tryAcquire(parties) != Outcome.ACQUIRED) {
            throw busy();
        }
        try {
            CachedKeys keys = request.fetch();
            if (keys.keys().isEmpty()) {
                failures.asMap().merge(caller, 1, Integer::sum);
            }
            return keys;
        } finally {
            waiting.release(parties);
        }
    }

    static MatrixException busy() {
        return MatrixException.unavailable("Too many unknown signing keys are being fetched", RETRY_AFTER);
    }
}
