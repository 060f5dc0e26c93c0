package io.mediakeep.health;

import java.time.Duration;

/**
 * The state of a component of the server.
 *
 * @param ok whether it works
 * @param age the time since the state was determined
 * @param message for an operator; it is public, and so contains no path, version or address
 */
public record HealthState(boolean ok, Duration age, String message) {
    /** The maximum age of a state: with an older one the check itself is blocked. */
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    /** The state of a part that is looked at every few seconds, and fails when it cannot be looked at for 30 s. */
    static HealthState periodic(boolean ok, Duration age, String good, String bad) {
        if (age.compareTo(MAX_AGE) > 0) {
            return new HealthState(false, age, "It did not respond when it was last checked");
        }
        return new HealthState(ok, age, ok ? good : bad);
    }
}
