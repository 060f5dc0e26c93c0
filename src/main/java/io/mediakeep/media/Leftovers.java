package io.mediakeep.media;

import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.persistence.Leases;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What uploads leave behind: content URIs that expired, bytes that nothing points at, files of processes that died. */
public final class Leftovers {
    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    /** How many of each are removed in one go. */
    private static final int BATCH = 500;

    /** How long the only node that may remove them holds that right; a crash gives it back after this. */
    private static final Duration LEASE = Duration.ofMinutes(30);

    private final SpoolDirectory spools;
    private final PendingCatalog pending;
    private final Blobs blobs;
    private final Leases leases;
    private final Clock clock;

    /** The leftovers in these places. */
    public Leftovers(SpoolDirectory spools, PendingCatalog pending, Blobs blobs, Leases leases, Clock clock) {
        this.spools = spools;
        this.pending = pending;
        this.blobs = blobs;
        this.leases = leases;
        this.clock = clock;
    }

    /**
     * Removes one batch of each and says so in the log. Spool files are each node's own matter, the rest is done by one
     * node at a time.
     *
     * @param grace how long bytes may lie without anything that points at them, as those of a running upload do
     */
    public void remove(Duration grace) throws IOException {
        int files = spools.sweep();
        report(files, "spool files of processes that are gone");
        leases.whileHolding("leftovers", LEASE, () -> removeShared(grace));
    }

    private void removeShared(Duration grace) throws IOException {
        report(pending.removeExpired(BATCH), "content URIs that expired without content");
        report(blobs.removeUnreferenced(clock.instant().minus(grace), BATCH), "blobs that nothing points at");
        report(blobs.endRemovals(clock.instant().minus(grace), BATCH), "blobs whose removal was cut off");
    }

    private static void report(int removed, String what) {
        if (removed > 0) {
            log.info("Removed {} {}", removed, what);
        }
    }
}
