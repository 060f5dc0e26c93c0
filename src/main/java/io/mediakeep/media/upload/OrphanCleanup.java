package io.mediakeep.media.upload;

import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.concurrent.Counts;
import io.mediakeep.media.PendingCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.usage.UsageCatalog;
import io.mediakeep.persistence.Batches;
import io.mediakeep.persistence.shared.Leases;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
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

    private final Counts<Orphan> removed = new Counts<>(Orphan.class);
    private final SpoolDirectory spools;
    private final PendingCatalog pending;
    private final UsageCatalog usage;
    private final Blobs blobs;
    private final Leases leases;

    private enum Orphan {
        SPOOL_FILES,
        CONTENT_URIS
    }

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
        report(Orphan.SPOOL_FILES, spools.sweep(), "spool files of dead processes");
        leases.whileHolding("orphans", LEASE, this::removeShared);
    }

    private void removeShared() {
        int expired = Batches.run(BATCH, pending::removeExpired);
        report(Orphan.CONTENT_URIS, expired, "content URIs that expired without content");
        Batches.run(BATCH, usage::removeExpired);
        int candidates = Batches.run(BATCH, blobs::removeDue);
        if (candidates > 0) {
            log.info("Processed {} candidates for the removal of blobs", candidates);
        }
    }

    private void report(Orphan kind, int number, String what) {
        removed.add(kind, number);
        if (number > 0) {
            log.info("Removed {} {}", number, what);
        }
    }

    /** What this node has removed since the start, by kind: {@code spool_files}, {@code content_uris} and {@code blobs}. */
    public Map<String, LongSupplier> removed() {
        Map<String, LongSupplier> all = new HashMap<>(removed.byName());
        all.put("blobs", blobs::removed);
        return all;
    }
}
