package io.mediakeep.persistence;

import java.time.Instant;
import java.util.Optional;

/**
 * The availability of the database.
 *
 * @param unavailableSince when it was lost, unless it is available
 * @param reason the error at that time
 */
public record DatabaseState(Optional<Instant> unavailableSince, String reason) {
    static final DatabaseState AVAILABLE = new DatabaseState(Optional.empty(), "");

    /** Whether it is available. */
    public boolean available() {
        return unavailableSince.isEmpty();
    }
}
