package io.mediakeep.concurrent;

import java.time.Duration;

/**
 * The instant at which a request times out; every wait below the request shares it. It is an instant of
 * {@link System#nanoTime}, so that a change of the system's clock neither ends nor prolongs a wait.
 */
public record Deadline(long nanoTime) {
    /** Far below the 292 years that a difference of {@link System#nanoTime} can express. */
    private static final Duration MAX_TIMEOUT = Duration.ofDays(365);

    /** The deadline after a timeout, of a year at most, that starts now. */
    public static Deadline in(Duration timeout) {
        Duration bounded = timeout.compareTo(MAX_TIMEOUT) < 0 ? timeout : MAX_TIMEOUT;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /** Whether it is later than another one. */
    public boolean isAfter(Deadline other) {
        return nanoTime - other.nanoTime > 0;
    }

    /** The remaining time, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether the deadline has passed. */
    public boolean passed() {
        return remaining().isZero();
    }
}
