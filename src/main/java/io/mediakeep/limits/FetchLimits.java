package io.mediakeep.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;

/**
 * How many bytes of remote media are fetched on behalf of one caller. Bytes are charged after they were fetched, so a
 * failed fetch costs nothing; a caller below zero is rejected until the allowance is positive again.
 */
public final class FetchLimits {
    /** Beyond so many callers, the least recently seen ones are no longer counted. */
    private static final int MAX_CALLERS = 100_000;

    private final FetchSettings settings;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MAX_CALLERS).build();

    /** With full allowances. */
    public FetchLimits(FetchSettings settings) {
        this(settings, TimeMeter.SYSTEM_NANOTIME);
    }

    FetchLimits(FetchSettings settings, TimeMeter time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * Begins a fetch for a caller, a user id or an address.
     *
     * @throws MatrixException 429 when the caller has fetched too much
     */
    public Fetch begin(String caller) {
        Bucket bucket = buckets.get(caller, unknown -> fullBucket());
        long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        if (wait > 0) {
            throw MatrixException.limitExceeded(
                    "Too much remote media was requested; try again later", Duration.ofNanos(wait));
        }
        return new Fetch(bucket);
    }

    private Bucket fullBucket() {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(settings.burst())
                        .refillGreedy(settings.bytesPerSecond(), Duration.ofSeconds(1))
                        .build())
                .withCustomTimePrecision(time)
                .build();
    }

    /** One fetch on behalf of a caller. */
    public static final class Fetch {
        private final Bucket bucket;

        private Fetch(Bucket bucket) {
            this.bucket = bucket;
        }

        /** Charges fetched bytes, also beyond the allowance. */
        public void charge(long bytes) {
            if (bytes > 0) {
                bucket.consumeIgnoringRateLimits(bytes);
            }
        }
    }
}
