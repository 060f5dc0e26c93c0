package io.mediakeep.integrity;

import java.time.Instant;
import java.util.Optional;

/**
 * The progress of the scrub in the current pass over all stored blobs, in the order of their hashes.
 *
 * @param position the hash up to which all is verified; empty at the beginning
 * @param blobs the number verified in this pass
 * @param bytes the size of these
 * @param damaged the number of these that are missing or damaged
 * @param lastEndedAt when the previous pass ended, if there was one
 */
public record ScrubState(
        String position, Instant beganAt, long blobs, long bytes, long damaged, Optional<Instant> lastEndedAt) {

    /** A pass without progress. */
    static ScrubState started(Instant now, Optional<Instant> lastEndedAt) {
        return new ScrubState("", now, 0, 0, 0, lastEndedAt);
    }

    /** The same, one blob further. */
    ScrubState passed(String hash) {
        return new ScrubState(hash, beganAt, blobs, bytes, damaged, lastEndedAt);
    }

    /** The same, one verified blob further. */
    ScrubState verified(String hash, long size, boolean wasDamaged) {
        return new ScrubState(hash, beganAt, blobs + 1, bytes + size, damaged + (wasDamaged ? 1 : 0), lastEndedAt);
    }
}
