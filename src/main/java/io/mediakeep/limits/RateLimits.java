package io.mediakeep.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.mediakeep.limits.RateLimitSettings.Allowance;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Rate limits: counts the requests of callers, and rejects those beyond their allowance. */
public final class RateLimits {
    /** Beyond so many callers of a limit, the least recently seen ones are no longer counted. */
    private static final int MAX_CALLERS = 100_000;

    private final Map<Limit, Callers> callers = new EnumMap<>(Limit.class);

    /** With full allowances. */
    public RateLimits(RateLimitSettings settings) {
        this(settings, TimeMeter.SYSTEM_NANOTIME, MAX_CALLERS);
    }

    RateLimits(RateLimitSettings settings, TimeMeter time, int maxCallers) {
        for (Limit limit : Limit.values()) {
            callers.put(limit, new Callers(settings.of(limit), time, maxCallers));
        }
    }

    /**
     * Takes one request from the allowance of a caller, a user id or an address.
     *
     * @throws MatrixException 429 {@code M_LIMIT_EXCEEDED}, with the time until the next request is permitted
     */
    public void take(Limit limit, String caller) {
        ConsumptionProbe probe =
                Objects.requireNonNull(callers.get(limit)).bucketOf(caller).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw MatrixException.limitExceeded("Too many requests", Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** The number of callers that are counted for a limit. */
    long counted(Limit limit) {
        Callers counted = Objects.requireNonNull(callers.get(limit));
        counted.buckets.cleanUp();
        return counted.buckets.estimatedSize();
    }

    /** The buckets of one limit. A full bucket is equal to a new one, so it may be evicted. */
    private static final class Callers {
        private final Bandwidth bandwidth;
        private final TimeMeter time;
        private final Cache<String, Bucket> buckets;

        Callers(Allowance allowance, TimeMeter time, int maxCallers) {
            Duration one = Duration.ofNanos((long) (1e9 / allowance.perSecond()));
            this.bandwidth = Bandwidth.builder()
                    .capacity(allowance.burst())
                    .refillGreedy(1, one)
                    .build();
            this.time = time;
            this.buckets = Caffeine.newBuilder()
                    .maximumSize(maxCallers)
                    .expireAfterAccess(one.multipliedBy(allowance.burst()).plusSeconds(1))
                    .build();
        }

        Bucket bucketOf(String caller) {
            return buckets.get(
                    caller,
                    unknown -> Bucket.builder()
                            .addLimit(bandwidth)
                            .withCustomTimePrecision(time)
                            .build());
        }
    }
}
