package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rows of other servers' media. */
public final class RemoteMediaCatalog {
    private final Transactions transactions;
    private final Announcements announcements;
    private final ServerName home;

    /**
     * The catalog in a database.
     *
     * @param home whose media is not another server's
     */
    public RemoteMediaCatalog(Transactions transactions, Announcements announcements, ServerName home) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.home = home;
    }

    /**
     * Removes the rows of media that nobody asked for since a time, with those of their thumbnails, and tells other
     * nodes. What is quarantined stays.
     *
     * @return the blobs that they pointed at, one for each row
     */
    List<BlobId> removeUnusedSince(Instant before, int most) {
        List<Media> removed = transactions.call(entities -> {
            List<Media> gone = new ArrayList<>();
            for (MediaEntity row : unusedSince(entities, before, most)) {
                gone.add(row.toMedia());
                entities.remove(row); // the database takes the thumbnails along
                announcements.announce(entities, row.toMedia().mxc().toString());
            }
            return gone;
        });
        removed.forEach(media -> announcements.tell(media.mxc().toString()));
        return removed.stream().map(Media::blob).toList();
    }

    private List<MediaEntity> unusedSince(EntityManager entities, Instant before, int most) {
        return entities.createQuery(
                        "select m from MediaEntity m where m.lastAccessAt < :before and m.origin <> :home"
                                + " and m.quarantined = false order by m.lastAccessAt",
                        MediaEntity.class)
                .setParameter("before", before.toEpochMilli())
                .setParameter("home", home.value())
                .setMaxResults(most)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }
}
