package io.mediakeep.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How much of other servers' media is fetched on behalf of one caller: so many at once, and so many bytes. What was
 * fetched is charged when it has come, so nothing is charged for a failure; a caller who is in debt waits until it is
 * paid.
 */
public final class FetchLimits {
    /** How many fetches one caller may have under way. */
    private static final int MOST_FOR_ONE = 8;

    /** How many fetches there may be altogether; each has a file and a thread. */
    private static final int MOST = 256;

    /** How many callers are counted; beyond that the ones not seen for longest start afresh. */
    private static final int MOST_CALLERS = 100_000;

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final FetchSettings settings;
    private final TimeMeter time;
    private final Semaphore places = new Semaphore(MOST);
    private final ConcurrentMap<String, Integer> underWay = new ConcurrentHashMap<>();
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST_CALLERS).build();

    /** Nobody has fetched anything. */
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
     * @throws MatrixException 429 when the caller has fetched too much or has too many under way, 503 when all have
     */
    public Fetch begin(String caller) {
        Bucket bucket = buckets.get(caller, unknown -> fullBucket());
        long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        if (wait > 0) {
            throw MatrixException.limitExceeded("Too much media of other servers", Duration.ofNanos(wait));
        }
        if (underWay.merge(caller, 1, Integer::sum) > MOST_FOR_ONE) {
            leave(caller);
            throw MatrixException.limitExceeded("Too many downloads from other servers", TRY_AGAIN);
        }
        if (!places.tryAcquire()) {
            leave(caller);
            throw MatrixException.unavailable("Too much is being fetched from other servers", TRY_AGAIN);
        }
        return new Fetch(caller, bucket);
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

    private void leave(String caller) {
        underWay.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
    }

    /** One fetch that is under way. */
    public final class Fetch {
        private final String caller;
        private final Bucket bucket;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Fetch(String caller, Bucket bucket) {
            this.caller = caller;
            this.bucket = bucket;
        }

        /** Charges what has come, even beyond what is left of the allowance. */
        public void fetched(long bytes) {
            if (bytes > 0) {
                bucket.consumeIgnoringRateLimits(bytes);
            }
        }

        /** It is no longer under way. Saying so again changes nothing. */
        public void end() {
            if (ended.compareAndSet(false, true)) {
                leave(caller);
                places.release();
            }
        }
    }
}
