package io.mediakeep.media;

import io.mediakeep.limits.UploadQuota;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of what we keep. */
public final class MediaCatalog {
    private final Transactions transactions;
    private final Announcements announcements;
    private final UploadQuota quota;

    /** The catalog in a database. */
    public MediaCatalog(Transactions transactions, Announcements announcements, UploadQuota quota) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.quota = quota;
    }

    /** What the row says now. */
    Optional<Media> find(Mxc mxc) {
        return transactions.call(entities -> find(entities, mxc));
    }

    static Optional<Media> find(EntityManager entities, Mxc mxc) {
        return Optional.ofNullable(entities.find(MediaEntity.class, new MediaEntity.Key(mxc)))
                .map(MediaEntity::toMedia);
    }

    /**
     * Adds the row of media whose bytes are in the store, counts it for its uploader, if it has one, and ends the claim
     * it was uploaded under; all of it or nothing. When this returns the row survives a crash.
     *
     * @return whether it was added; if not, its bytes were removed meanwhile and must be put again
     * @throws MatrixException when the uploader's quota is reached, or the claim was lost to another upload
     */
    boolean add(Media media, String blobGeneration, Optional<Claim> claim) {
        boolean added = transactions.callDurably(entities -> {
            if (!BlobCatalog.stillThere(entities, media.blob(), blobGeneration)) {
                return false;
            }
            media.uploader().ifPresent(uploader -> count(entities, uploader, media.size()));
            claim.ifPresent(held -> PendingCatalog.fulfil(entities, held));
            entities.persist(new MediaEntity(media));
            announcements.announce(entities, media.mxc().toString());
            return true;
        });
        if (added) {
            announcements.tell(media.mxc().toString());
        }
        return added;
    }

    private void count(EntityManager entities, UserId uploader, long size) {
        UsageEntity usage = UsageCatalog.locked(entities, uploader);
        quota.check(usage.toUsage().bytes(), usage.toUsage().files(), size);
        usage.add(size);
    }

    /**
     * Adds the row of media that we fetched from its own server, unless another node was faster.
     *
     * @return false when its bytes were removed meanwhile and must be put again
     */
    boolean addFetched(Media media, String blobGeneration) {
        return transactions.call(entities -> {
            if (!BlobCatalog.stillThere(entities, media.blob(), blobGeneration)) {
                return false;
            }
            if (find(entities, media.mxc()).isEmpty()) {
                entities.persist(new MediaEntity(media));
            }
            return true;
        });
    }

    /** Within a transaction: keeps media from being deleted until the end; false when it is gone already. */
    public static boolean lock(EntityManager entities, Mxc mxc) {
        return entities.find(MediaEntity.class, new MediaEntity.Key(mxc), LockModeType.PESSIMISTIC_WRITE) != null;
    }

    /**
     * Adds the row of media that belongs to nobody and is kept until a time.
     *
     * @return as {@link #add}
     */
    boolean addUntil(Instant expiresAt, Media media, String blobGeneration) {
        return transactions.call(entities -> {
            if (!BlobCatalog.stillThere(entities, media.blob(), blobGeneration)) {
                return false;
            }
            entities.persist(new MediaEntity(media, expiresAt));
            return true;
        });
    }

    /** Keeps media that would expire until a later time; answers whether it is still there. */
    boolean keepLonger(Mxc mxc, Instant expiresAt) {
        return transactions.call(entities -> entities.createQuery("update MediaEntity set expiresAt ="
                                + " case when expiresAt < :time then :time else expiresAt end"
                                + " where origin = :origin and mediaId = :id and expiresAt is not null")
                        .setParameter("time", expiresAt.toEpochMilli())
                        .setParameter("origin", mxc.server().value())
                        .setParameter("id", mxc.mediaId())
                        .executeUpdate()
                > 0);
    }

    /** Removes the rows of media that has expired, oldest first; answers what they said. */
    List<Media> removeExpired(Instant now, int most) {
        List<Media> removed = transactions.call(entities -> {
            List<MediaEntity> rows = entities.createQuery(
                            "select m from MediaEntity m where m.expiresAt <= :now order by m.expiresAt",
                            MediaEntity.class)
                    .setParameter("now", now.toEpochMilli())
                    .setMaxResults(most)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE) // so that nobody makes it live longer meanwhile
                    .getResultList();
            rows.forEach(entities::remove);
            List<Media> expired = rows.stream().map(MediaEntity::toMedia).toList();
            expired.forEach(
                    media -> announcements.announce(entities, media.mxc().toString()));
            return expired;
        });
        removed.forEach(media -> announcements.tell(media.mxc().toString()));
        return removed;
    }

    /** Moves the times of last access forward. */
    public void accessed(Map<Mxc, Instant> times) {
        transactions.run(entities ->
                times.forEach((mxc, time) -> entities.createQuery("update MediaEntity set lastAccessAt = :time"
                                + " where origin = :origin and mediaId = :id and lastAccessAt < :time")
                        .setParameter("time", time.toEpochMilli())
                        .setParameter("origin", mxc.server().value())
                        .setParameter("id", mxc.mediaId())
                        .executeUpdate()));
    }
}
