package io.mediakeep.concurrent;

import java.time.Duration;

/**
 * The instant at which a request times out; every wait below the request shares it. It is an instant of
 * {@link System#nanoTime}, so that a change of the system's clock neither ends nor prolongs a wait.
 */
public record Deadline(long nanoTime) {
    /** Far below the 292 years that a difference of two instants can express. */
    private static final Duration MAX_TIMEOUT = Duration.ofDays(365);

    /** The deadline that lies {@code timeout} ahead of now, a year at most. */
    public static Deadline in(Duration timeout) {
        Duration bounded = timeout.compareTo(MAX_TIMEOUT) < 0 ? timeout : MAX_TIMEOUT;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /** Whether it ends later than another one. */
    public boolean isAfter(Deadline other) {
        return nanoTime - other.nanoTime > 0;
    }

    /** What is left until then, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether nothing is left. */
    public boolean passed() {
        return left().isZero();
    }
}
