package io.mediakeep.federation.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Exponential backoff: records failures, so that an operation is not retried at once; each further failure doubles the
 * delay.
 */
public final class Backoff<K> {
    private static final int MAX_ENTRIES = 20_000;

    private final Duration initial;
    private final Duration max;
    private final Clock clock;
    private final Cache<K, Failures> failures =
            Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

    /**
     * Without failures.
     *
     * @param initial the delay after the first failure
     * @param max the maximum delay
     */
    public Backoff(Duration initial, Duration max, Clock clock) {
        this.initial = initial;
        this.max = max;
        this.clock = clock;
    }

    /** Whether the operation must not be retried yet. */
    public boolean isDelayed(K key) {
        Failures known = failures.getIfPresent(key);
        return known != null && isActive(known);
    }

    /** Records a failure. Failures within a delay count as one with the failure that started it. */
    public void failed(K key) {
        failures.asMap()
                .merge(
                        key,
                        after(initial),
                        (before, fresh) -> isActive(before) ? before : after(doubled(before.delay())));
    }

    /** Records a success, which resets the delay. */
    public void succeeded(K key) {
        failures.invalidate(key);
    }

    /** A delay never lasts longer than intended, also after the clock was set back. */
    private boolean isActive(Failures known) {
        Duration left = Duration.between(clock.instant(), known.until());
        return left.compareTo(Duration.ZERO) > 0 && left.compareTo(known.delay()) <= 0;
    }

    private Failures after(Duration delay) {
        return new Failures(delay, clock.instant().plus(delay));
    }

    private Duration doubled(Duration delay) {
        Duration twice = delay.multipliedBy(2);
        return twice.compareTo(max) < 0 ? twice : max;
    }

    private record Failures(Duration delay, Instant until) {}
}
