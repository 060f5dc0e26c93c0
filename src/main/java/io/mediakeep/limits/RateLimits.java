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

/** Counts what callers do; who does it too often is refused until his allowance has grown again. */
public final class RateLimits {
    /** How many callers are counted for each limit; beyond that the ones not seen for longest start afresh. */
    private static final int MOST_CALLERS = 100_000;

    private final Map<Limit, Callers> callers = new EnumMap<>(Limit.class);

    /** Nobody has done anything yet. */
    public RateLimits(RateLimitSettings settings) {
        this(settings, TimeMeter.SYSTEM_NANOTIME, MOST_CALLERS);
    }

    RateLimits(RateLimitSettings settings, TimeMeter time, int mostCallers) {
        for (Limit limit : Limit.values()) {
            callers.put(limit, new Callers(settings.of(limit), time, mostCallers));
        }
    }

    /**
     * Takes one from the allowance of a caller, a user id or an address.
     *
     * @throws MatrixException 429 {@code M_LIMIT_EXCEEDED}, with the time until one has come back
     */
    public void take(Limit limit, String caller) {
        ConsumptionProbe probe =
                Objects.requireNonNull(callers.get(limit)).bucketOf(caller).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw MatrixException.limitExceeded("Too many requests", Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** How many callers are counted for a limit now. */
    long counted(Limit limit) {
        Callers counted = Objects.requireNonNull(callers.get(limit));
        counted.buckets.cleanUp();
        return counted.buckets.estimatedSize();
    }

    /** The buckets of one limit. A bucket that would be full again is as good as a new one, so it may go. */
    private static final class Callers {
        private final Bandwidth bandwidth;
        private final TimeMeter time;
        private final Cache<String, Bucket> buckets;

        Callers(Allowance allowance, TimeMeter time, int most) {
            Duration one = Duration.ofNanos((long) (1e9 / allowance.perSecond()));
            this.bandwidth = Bandwidth.builder()
                    .capacity(allowance.burst())
                    .refillGreedy(1, one)
                    .build();
            this.time = time;
            this.buckets = Caffeine.newBuilder()
                    .maximumSize(most)
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
