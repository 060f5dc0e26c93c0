package io.mediakeep.media.upload;

import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.media.PendingCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.usage.UsageCatalog;
import io.mediakeep.persistence.Batches;
import io.mediakeep.persistence.shared.Leases;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what uploads leave unused: expired content URIs and counts of uploads, unreferenced blobs, spool
 * files of dead processes.
 */
public final class OrphanCleanup {
    private static final Logger log = LoggerFactory.getLogger(OrphanCleanup.class);

    /** How many are removed, or listed, in one transaction. */
    private static final int BATCH = 500;

    /** The lease of the one node that removes shared data; a crash releases it after this. */
    private static final Duration LEASE = Duration.ofMinutes(30);

    private final SpoolDirectory spools;
    private final PendingCatalog pending;
    private final UsageCatalog usage;
    private final Blobs blobs;
    private final Leases leases;

    /** Cleanup of these directories and tables. */
    public OrphanCleanup(
            SpoolDirectory spools, PendingCatalog pending, UsageCatalog usage, Blobs blobs, Leases leases) {
        this.spools = spools;
        this.pending = pending;
        this.usage = usage;
        this.blobs = blobs;
        this.leases = leases;
    }

    /**
     * Removes what is due, and logs it. Each node removes its own spool files; shared data is removed by one node at a
     * time.
     */
    public void remove() throws IOException {
        int files = spools.sweep();
        report(files, "spool files of dead processes");
        leases.whileHolding("leftovers", LEASE, this::removeShared);
    }

    private void removeShared() {
        report(Batches.run(BATCH, pending::removeExpired), "content URIs that expired without content");
        Batches.run(BATCH, usage::removeExpired);
        int candidates = Batches.run(BATCH, blobs::removeDue);
        if (candidates > 0) {
            log.info("Processed {} candidates for the removal of blobs", candidates);
        }
    }

    private static void report(int removed, String what) {
        if (removed > 0) {
            log.info("Removed {} {}", removed, what);
        }
    }
}
