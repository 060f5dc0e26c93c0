package io.mediakeep.concurrent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The moment at which a request's patience ends; every wait below the request shares it. */
public record Deadline(Instant end, Clock clock) {

    /** The deadline that lies {@code patience} ahead. */
    public static Deadline in(Duration patience, Clock clock) {
        return new Deadline(clock.instant().plus(patience), clock);
    }

    /** What is left of the patience, never negative. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether nothing is left of it. */
    public boolean passed() {
        return left().isZero();
    }
}
