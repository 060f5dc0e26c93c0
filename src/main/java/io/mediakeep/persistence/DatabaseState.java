package io.mediakeep.persistence;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the database can be used.
 *
 * @param awaySince when it was lost, unless it is there
 * @param reason what it said then
 */
public record DatabaseState(Optional<Instant> awaySince, String reason) {
    static final DatabaseState AVAILABLE = new DatabaseState(Optional.empty(), "");

    /** Whether it is there. */
    public boolean available() {
        return awaySince.isEmpty();
    }
}
