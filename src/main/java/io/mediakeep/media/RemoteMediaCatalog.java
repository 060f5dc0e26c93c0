package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;

/** The rows of remote media, for retention. */
public final class RemoteMediaCatalog {
    private final Transactions transactions;
    private final Announcements announcements;
    private final BlobCatalog blobs;

    /** The catalog in a database. */
    public RemoteMediaCatalog(Transactions transactions, Announcements announcements, BlobCatalog blobs) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.blobs = blobs;
    }

    /**
     * Removes the rows of media that was not accessed since a time, with those of their thumbnails, and announces that
     * to all nodes. Quarantined media stays, so that it is not fetched again.
     *
     * @return how many, which is at most {@code max}
     */
    public int removeUnusedSince(Instant before, int max) {
        List<Mxc> removed = transactions.call(
                entities -> MediaCatalog.remove(entities, unusedSince(entities, before, max), blobs, announcements));
        removed.forEach(mxc -> announcements.notifyListeners(mxc.toString()));
        return removed.size();
    }

    /** Ordered as the index is, so that no more rows are read than are removed. */
    private static List<MediaEntity> unusedSince(EntityManager entities, Instant before, int max) {
        return entities.createQuery(
                        "select m from MediaEntity m where m.remote = true and m.quarantined = false"
                                + " and m.lastAccessAt < :before order by m.remote, m.quarantined, m.lastAccessAt",
                        MediaEntity.class)
                .setParameter("before", before.toEpochMilli())
                .setMaxResults(max)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }
}
