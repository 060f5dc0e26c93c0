package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;

/** The rows of other servers' media. */
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
     * Removes the rows of media that nobody asked for since a time, with those of their thumbnails, and tells other
     * nodes. What is quarantined stays.
     *
     * @return how many, which is at most {@code most}
     */
    public int removeUnusedSince(Instant before, int most) {
        List<Mxc> removed = transactions.call(
                entities -> MediaCatalog.remove(entities, unusedSince(entities, before, most), blobs, announcements));
        removed.forEach(mxc -> announcements.tell(mxc.toString()));
        return removed.size();
    }

    /** Ordered as the index is, so that no more is read than is removed. */
    private static List<MediaEntity> unusedSince(EntityManager entities, Instant before, int most) {
        return entities.createQuery(
                        "select m from MediaEntity m where m.remote = true and m.quarantined = false"
                                + " and m.lastAccessAt < :before order by m.remote, m.quarantined, m.lastAccessAt",
                        MediaEntity.class)
                .setParameter("before", before.toEpochMilli())
                .setMaxResults(most)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }
}
