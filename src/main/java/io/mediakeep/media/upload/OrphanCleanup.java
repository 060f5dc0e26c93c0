package io.mediakeep.media.upload;

import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.media.PendingCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.persistence.Batches;
import io.mediakeep.persistence.Leases;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What uploads leave behind: content URIs that expired, bytes that nothing points at, files of processes that died. */
public final class OrphanCleanup {
    private static final Logger log = LoggerFactory.getLogger(OrphanCleanup.class);

    /** How many are removed in one transaction, or listed in one. */
    private static final int BATCH = 500;

    /** How long the only node that may remove them holds that right; a crash gives it back after this. */
    private static final Duration LEASE = Duration.ofMinutes(30);

    private final SpoolDirectory spools;
    private final PendingCatalog pending;
    private final Blobs blobs;
    private final Leases leases;

    /** The leftovers in these places. */
    public OrphanCleanup(SpoolDirectory spools, PendingCatalog pending, Blobs blobs, Leases leases) {
        this.spools = spools;
        this.pending = pending;
        this.blobs = blobs;
        this.leases = leases;
    }

    /**
     * Removes what is due and says so in the log. Spool files are each node's own matter, the rest is done by one node
     * at a time.
     */
    public void remove() throws IOException {
        int files = spools.sweep();
        report(files, "spool files of processes that are gone");
        leases.whileHolding("leftovers", LEASE, this::removeShared);
    }

    private void removeShared() {
        report(Batches.run(BATCH, pending::removeExpired), "content URIs that expired without content");
        int candidates = Batches.run(BATCH, blobs::removeDue);
        if (candidates > 0) {
            log.info("Went through {} blobs that were candidates for removal", candidates);
        }
    }

    private static void report(int removed, String what) {
        if (removed > 0) {
            log.info("Removed {} {}", removed, what);
        }
    }
}
