package io.mediakeep.media;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.limits.UploadQuota;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of what we keep. */
public final class MediaCatalog {
    /** How much earlier than the last access its time may be that is kept. */
    static final Duration ACCESS_PRECISION = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Announcements announcements;
    private final BlobCatalog blobs;
    private final UploadQuota quota;

    /** The catalog in a database. */
    public MediaCatalog(Transactions transactions, Announcements announcements, BlobCatalog blobs, UploadQuota quota) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.blobs = blobs;
        this.quota = quota;
    }

    /** What the row says now, as {@link #findSound(EntityManager, Mxc)}. */
    public Optional<Media> findSound(Mxc mxc) {
        return transactions.call(entities -> findSound(entities, mxc));
    }

    /** Within a transaction: the media, unless its bytes are damaged; who is not to have it in any case gets to know so. */
    public static Optional<Media> findSound(EntityManager entities, Mxc mxc) {
        return find(entities, mxc, " and (b.damagedAt is null or m.quarantined = true)");
    }

    /** Within a transaction: the media, whatever became of its bytes. */
    public static Optional<Media> find(EntityManager entities, Mxc mxc) {
        return find(entities, mxc, "");
    }

    private static Optional<Media> find(EntityManager entities, Mxc mxc, String condition) {
        return entities.createQuery(
                        "select m, b.location from MediaEntity m join BlobEntity b on b.hash = m.blobHash"
                                + " where m.origin = :origin and m.mediaId = :id" + condition,
                        Object[].class)
                .setParameter("origin", mxc.server().value())
                .setParameter("id", mxc.mediaId())
                .getResultStream()
                .findFirst()
                .map(row -> ((MediaEntity) row[0]).toMedia(new BlobLocation((String) row[1])));
    }

    /**
     * Adds the row of media whose bytes are in the store, counts it for its uploader, if it has one, and ends the claim
     * it was uploaded under; all of it or nothing. When this returns the row survives a crash.
     *
     * @return the media; empty when its bytes were removed meanwhile and must be put again
     * @throws MatrixException when the uploader's quota is reached, or the claim was lost to another upload
     */
    public Optional<Media> add(Media media, Optional<UploadLock> claim) {
        boolean added = transactions.callDurably(entities -> {
            if (!BlobCatalog.pointAt(entities, media.blob())) {
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
        return added ? Optional.of(media) : Optional.empty();
    }

    private void count(EntityManager entities, UserId uploader, long size) {
        UsageEntity usage = UsageCatalog.locked(entities, uploader);
        quota.check(usage.toUsage().bytes(), usage.toUsage().files(), size);
        usage.add(size);
    }

    /**
     * Adds the row of media that we fetched from its own server, unless another node was faster. A row whose bytes were
     * damaged points at the new ones.
     *
     * @return the media that is kept; empty when its bytes were removed meanwhile and must be put again
     */
    public Optional<Media> addFetched(Media media) {
        Optional<Media> added = transactions.callDurably(entities -> {
            Optional<Media> kept = findSound(entities, media.mxc());
            if (kept.isPresent() || !BlobCatalog.pointAt(entities, media.blob())) {
                return kept;
            }
            return Optional.of(addOrMend(entities, media));
        });
        announcements.tell(media.mxc().toString());
        return added;
    }

    private Media addOrMend(EntityManager entities, Media media) {
        Optional<Media> damaged = find(entities, media.mxc());
        if (damaged.isPresent() && damaged.get().blob().equals(media.blob())) {
            return damaged.get();
        }
        if (damaged.isPresent()) {
            MediaEntity row = entities.find(MediaEntity.class, new MediaEntity.Key(media.mxc()));
            remove(entities, List.of(row), blobs, announcements);
            entities.flush(); // before the new row of the same key
        }
        entities.persist(MediaEntity.copyOf(media));
        return media;
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
    public Optional<Media> addUntil(Instant expiresAt, Media media) {
        return transactions.call(entities -> {
            if (!BlobCatalog.pointAt(entities, media.blob())) {
                return Optional.empty();
            }
            entities.persist(new MediaEntity(media, expiresAt));
            return Optional.of(media);
        });
    }

    /** Keeps media that would expire until a later time; answers whether it is still there. */
    public boolean keepLonger(Mxc mxc, Instant expiresAt) {
        return transactions.call(entities -> entities.createQuery("update MediaEntity set expiresAt ="
                                + " case when expiresAt < :time then :time else expiresAt end"
                                + " where origin = :origin and mediaId = :id and expiresAt is not null")
                        .setParameter("time", expiresAt.toEpochMilli())
                        .setParameter("origin", mxc.server().value())
                        .setParameter("id", mxc.mediaId())
                        .executeUpdate()
                > 0);
    }

    /**
     * Removes the rows of media that has expired, oldest first, at most so many; answers how many. Without a lower bound
     * H2 would read its index from the beginning, where all rows are that never expire.
     */
    public int removeExpired(Instant now, int most) {
        List<Mxc> removed = transactions.call(entities -> {
            List<MediaEntity> rows = entities.createQuery(
                            "select m from MediaEntity m where m.expiresAt between 0 and :now order by m.expiresAt",
                            MediaEntity.class)
                    .setParameter("now", now.toEpochMilli())
                    .setMaxResults(most)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE) // so that nobody makes it live longer meanwhile
                    .getResultList();
            return remove(entities, rows, blobs, announcements);
        });
        removed.forEach(mxc -> announcements.tell(mxc.toString()));
        return removed.size();
    }

    /** Within a transaction: removes rows, with those of their thumbnails; answers whose they were, which others hear. */
    public static List<Mxc> remove(
            EntityManager entities, List<MediaEntity> rows, BlobCatalog blobs, Announcements announcements) {
        List<Mxc> media = rows.stream().map(MediaEntity::mxc).toList();
        blobs.release(entities, media);
        rows.forEach(entities::remove); // the database takes the thumbnails along
        media.forEach(mxc -> announcements.announce(entities, mxc.toString()));
        return media;
    }

    /**
     * Moves the times of last access forward, unless less than ten minutes: each write of an indexed column leaves a dead
     * row and an entry in every index to PostgreSQL's vacuum.
     */
    public void accessed(Map<Mxc, Instant> times) {
        transactions.run(entities ->
                times.forEach((mxc, time) -> entities.createQuery("update MediaEntity set lastAccessAt = :time"
                                + " where origin = :origin and mediaId = :id and lastAccessAt <= :before")
                        .setParameter("time", time.toEpochMilli())
                        .setParameter("before", time.minus(ACCESS_PRECISION).toEpochMilli())
                        .setParameter("origin", mxc.server().value())
                        .setParameter("id", mxc.mediaId())
                        .executeUpdate()));
    }
}
