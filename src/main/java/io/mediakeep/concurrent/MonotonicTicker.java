package io.mediakeep.concurrent;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** A ticker for caches that reads a clock. It continues from where it was when the clock is set back. */
public final class MonotonicTicker implements Ticker {
    private final Clock clock;
    private long last;
    private long elapsed;

    /** Starts at zero. */
    public MonotonicTicker(Clock clock) {
        this.clock = clock;
        this.last = clock.millis();
    }

    @Override
    public synchronized long read() {
        long now = clock.millis();
        elapsed += Math.max(0, now - last);
        last = now;
        return TimeUnit.MILLISECONDS.toNanos(elapsed);
    }
}
