package io.mediakeep.health;

import java.time.Duration;

/**
 * How a part of the server is.
 *
 * @param ok whether it works
 * @param age how long ago that was found out
 * @param message for an operator; anybody may read it, so it names no path, version or address
 */
public record HealthState(boolean ok, Duration age, String message) {
    /** What was found out longer ago than this says nothing of now: whoever looks is blocked. */
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    /** The state of a part that is looked at every few seconds, and fails when it cannot be looked at for 30 s. */
    static HealthState periodic(boolean ok, Duration age, String good, String bad) {
        if (age.compareTo(MAX_AGE) > 0) {
            return new HealthState(false, age, "It did not respond when it was last checked");
        }
        return new HealthState(ok, age, ok ? good : bad);
    }
}
