package io.mediakeep.federation.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Remembers what failed, so that it is not tried again at once: each failure after another doubles the wait. */
public final class Backoff<K> {
    private static final int MOST_REMEMBERED = 20_000;

    private final Duration first;
    private final Duration longest;
    private final Clock clock;
    private final Cache<K, Failures> failures =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    /**
     * Nothing has failed yet.
     *
     * @param first the wait after the first failure
     * @param longest the wait that no number of failures exceeds
     */
    public Backoff(Duration first, Duration longest, Clock clock) {
        this.first = first;
        this.longest = longest;
        this.clock = clock;
    }

    /** Whether it failed so lately that it must not be tried now. */
    public boolean mustWait(K key) {
        Failures known = failures.getIfPresent(key);
        return known != null && lasts(known);
    }

    /** Notes a failure. Those that come while the wait lasts are of one piece with the one that began it. */
    public void failed(K key) {
        failures.asMap()
                .merge(key, after(first), (before, fresh) -> lasts(before) ? before : after(longer(before.pause())));
    }

    public void succeeded(K key) {
        failures.invalidate(key);
    }

    /** No wait is longer than it was meant to be, also when the clock was set back meanwhile. */
    private boolean lasts(Failures known) {
        Duration left = Duration.between(clock.instant(), known.until());
        return left.compareTo(Duration.ZERO) > 0 && left.compareTo(known.pause()) <= 0;
    }

    private Failures after(Duration wait) {
        return new Failures(wait, clock.instant().plus(wait));
    }

    private Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(longest) < 0 ? twice : longest;
    }

    private record Failures(Duration pause, Instant until) {}
}
