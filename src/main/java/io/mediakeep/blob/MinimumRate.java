package io.mediakeep.blob;

import io.mediakeep.matrix.MatrixException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The minimum average rate of a received body. A sender that sends single bytes would otherwise hold a thread and a
 * file without limit.
 */
final class MinimumRate {
    /** The rate is not checked before this. */
    static final Duration GRACE = Duration.ofSeconds(60);

    static final long BYTES_PER_SECOND = 1024;

    private final InstantSource clock;
    private final Instant start;

    /** Starts to measure now. */
    MinimumRate(InstantSource clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Rejects with {@link MatrixException#tooSlow()} when these bytes are too few by now. */
    void check(long bytes) {
        Duration elapsed = Duration.between(start, clock.instant());
        if (elapsed.compareTo(GRACE) > 0 && bytes / BYTES_PER_SECOND < elapsed.toSeconds()) {
            throw MatrixException.tooSlow();
        }
    }
}
