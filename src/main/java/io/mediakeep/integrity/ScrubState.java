package io.mediakeep.integrity;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the scrub has come in its present pass over all stored blobs, in the order of their hashes.
 *
 * @param position the hash up to which all is verified; empty at the beginning
 * @param blobs how many were verified in this pass
 * @param bytes how many bytes they have
 * @param damaged how many of them turned out to be lost or damaged
 * @param lastEndedAt when the pass before this one ended, if there was one
 */
public record ScrubState(
        String position, Instant beganAt, long blobs, long bytes, long damaged, Optional<Instant> lastEndedAt) {

    /** A pass of which nothing is done. */
    static ScrubState begun(Instant now, Optional<Instant> lastEndedAt) {
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
