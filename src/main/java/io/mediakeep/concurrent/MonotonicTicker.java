package io.mediakeep.concurrent;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** The time that has passed by a clock, for caches. It goes on from where it was when the clock is set back. */
public final class MonotonicTicker implements Ticker {
    private final Clock clock;
    private long last;
    private long passed;

    /** None has passed yet. */
    public MonotonicTicker(Clock clock) {
        this.clock = clock;
        this.last = clock.millis();
    }

    @Override
    public synchronized long read() {
        long now = clock.millis();
        passed += Math.max(0, now - last);
        last = now;
        return TimeUnit.MILLISECONDS.toNanos(passed);
    }
}
