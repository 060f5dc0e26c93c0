package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.blob.ContentUriKey;
import io.mediakeep.media.quarantine.HashRestriction;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.media.quarantine.QuarantineChangeCatalog;
import io.mediakeep.media.quarantine.QuarantinedUriCatalog;
import io.mediakeep.media.usage.UsageCatalog;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows of stored media. */
public final class MediaCatalog {
    /** The precision of stored times of last access. */
    public static final Duration ACCESS_PRECISION = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Announcements announcements;
    private final BlobCatalog blobs;
    private final UsageCatalog usage;

    /** The catalog in a database. */
    public MediaCatalog(Transactions transactions, Announcements announcements, BlobCatalog blobs, UsageCatalog usage) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.blobs = blobs;
        this.usage = usage;
    }

    /** As {@link #findIntact(EntityManager, Mxc)}, in a transaction of its own. */
    public Optional<Media> findIntact(Mxc mxc) {
        return transactions.call(entities -> findIntact(entities, mxc));
    }

    /**
     * Within a transaction: the media, unless its blob is damaged. Quarantined media is found all the same, so that it
     * is not fetched again.
     */
    public static Optional<Media> findIntact(EntityManager entities, Mxc mxc) {
        return find(entities, mxc, " and (b.damagedAt is null or m.quarantined = true)");
    }

    /** Within a transaction: the media, also when its blob is damaged. */
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
     * Adds the row of media whose blob is stored, counts it for its uploader, if it has one, and deletes the
     * reservation that it completes; atomically. On return it is durable.
     *
     * @return the media, quarantined if its content is; empty when its blob was removed in the meantime and must be
     *     stored again
     * @throws MatrixException when its content is blocked, the uploader's quota is reached, or the upload lock was lost
     *     to another upload
     */
    public Optional<Media> add(Media media, Optional<UploadLock> lock) {
        Optional<Media> added = transactions.callDurably(entities -> {
            if (!BlobCatalog.addReference(entities, media.blob())) {
                return Optional.empty();
            }
            Media restricted = restricted(entities, media);
            media.uploader().ifPresent(uploader -> usage.add(entities, uploader, media.size()));
            lock.ifPresent(held -> PendingCatalog.complete(entities, held));
            persist(entities, new MediaEntity(restricted));
            announcements.announce(entities, media.mxc().toString());
            return Optional.of(restricted);
        });
        added.ifPresent(stored -> announcements.notifyListeners(stored.mxc().toString()));
        return added;
    }

    /**
     * Within a transaction that has locked the row of its blob: the media as it is to be stored.
     *
     * @throws MatrixException 403 when its content is blocked
     */
    private static Media restricted(EntityManager entities, Media media) {
        Set<HashRestriction> restrictions =
                HashRestrictionCatalog.of(entities, media.blob().id());
        if (restrictions.contains(HashRestriction.BLOCKED)) {
            throw MatrixException.forbidden("This content is blocked by the administrators of this server");
        }
        return restrictions.contains(HashRestriction.QUARANTINED) ? media.asQuarantined() : media;
    }

    private static void persist(EntityManager entities, MediaEntity row) {
        entities.persist(row);
        if (row.isQuarantined()) {
            QuarantineChangeCatalog.record(entities, List.of(row.mxc()), true);
            row.updateQuarantinedUri(entities);
        }
    }

    /** Whether content may be served as soon as it is received: it is neither quarantined nor blocked. */
    public boolean isUnrestricted(BlobId id) {
        return transactions.call(
                entities -> HashRestrictionCatalog.of(entities, id).isEmpty());
    }

    /**
     * Adds the row of remote media, unless another node has added it. A row whose blob was damaged gets the new one.
     *
     * @return the media in the catalog, quarantined if its content is; empty when its blob was removed in the meantime
     *     and must be stored again
     * @throws MatrixException when its content is blocked, or its URI is quarantined
     */
    public Optional<Media> addFetched(Media media) {
        Optional<Media> added = transactions.callDurably(entities -> {
            Optional<Media> existing = findIntact(entities, media.mxc());
            if (existing.isPresent()) {
                return existing;
            }
            requireUnquarantinedUri(entities, media.mxc());
            return BlobCatalog.addReference(entities, media.blob())
                    ? Optional.of(addOrReplaceDamaged(entities, media))
                    : Optional.empty();
        });
        removeIfUriIsQuarantined(media.mxc());
        announcements.notifyListeners(media.mxc().toString());
        return added;
    }

    /**
     * Within a transaction: rejects media of another server whose URI is quarantined.
     *
     * @throws MatrixException 404
     */
    public static void requireUnquarantinedUri(EntityManager entities, Mxc mxc) {
        if (QuarantinedUriCatalog.contains(entities, mxc)) {
            throw MatrixException.notFound();
        }
    }

    /**
     * Its URI may be quarantined at the moment when media is stored. Either this finds the URI then, or who has quarantined
     * it finds the media.
     */
    private void removeIfUriIsQuarantined(Mxc mxc) {
        transactions.run(entities -> {
            MediaEntity row = QuarantinedUriCatalog.contains(entities, mxc)
                    ? entities.find(MediaEntity.class, new ContentUriKey(mxc), LockModeType.PESSIMISTIC_WRITE)
                    : null;
            if (row != null && !row.isQuarantined()) {
                remove(entities, List.of(row), blobs, announcements);
            }
        });
    }

    private Media addOrReplaceDamaged(EntityManager entities, Media fetched) {
        Media media = restricted(entities, fetched);
        Optional<Media> damaged = find(entities, media.mxc());
        if (damaged.isPresent() && damaged.get().blob().equals(media.blob())) {
            return damaged.get();
        }
        if (damaged.isPresent()) {
            MediaEntity row = entities.find(MediaEntity.class, new ContentUriKey(media.mxc()));
            remove(entities, List.of(row), blobs, announcements);
            entities.flush(); // before the new row of the same key
        }
        persist(entities, MediaEntity.copyOf(media));
        return media;
    }

    /**
     * Within a transaction: locks media against deletion and quarantine until the end; false when it is deleted or
     * quarantined already.
     */
    public static boolean lock(EntityManager entities, Mxc mxc) {
        MediaEntity row = entities.find(MediaEntity.class, new ContentUriKey(mxc), LockModeType.PESSIMISTIC_WRITE);
        return row != null && !row.isQuarantined();
    }

    /**
     * Adds the row of media without an uploader that expires.
     *
     * @return as {@link #add}
     */
    public Optional<Media> addUntil(Instant expiresAt, Media media) {
        return transactions.call(entities -> {
            if (!BlobCatalog.addReference(entities, media.blob())) {
                return Optional.empty();
            }
            Media restricted = restricted(entities, media);
            persist(entities, new MediaEntity(restricted, expiresAt));
            return Optional.of(restricted);
        });
    }

    /** Postpones the expiry of media, never earlier; returns whether it still exists. */
    public boolean extendExpiry(Mxc mxc, Instant expiresAt) {
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
     * Removes the rows of at most {@code max} expired media, oldest first; returns how many. The query has a lower
     * bound since H2 would read its index from the beginning, where all rows are that never expire.
     */
    public int removeExpired(Instant now, int max) {
        List<Mxc> removed = transactions.call(entities -> {
            List<MediaEntity> rows = entities.createQuery(
                            "select m from MediaEntity m where m.expiresAt between 0 and :now order by m.expiresAt",
                            MediaEntity.class)
                    .setParameter("now", now.toEpochMilli())
                    .setMaxResults(max)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE) // against a concurrent extendExpiry
                    .getResultList();
            return remove(entities, rows, blobs, announcements);
        });
        removed.forEach(mxc -> announcements.notifyListeners(mxc.toString()));
        return removed.size();
    }

    /**
     * Within a transaction: removes rows with those of their thumbnails, and announces that to all nodes; returns their
     * URIs.
     */
    public static List<Mxc> remove(
            EntityManager entities, List<MediaEntity> rows, BlobCatalog blobs, Announcements announcements) {
        List<Mxc> media = rows.stream().map(MediaEntity::mxc).toList();
        blobs.release(entities, media);
        if (rows.stream().anyMatch(MediaEntity::isAdopted)) {
            AdoptionCatalog.recordRemoval(entities, media);
        }
        rows.forEach(entities::remove); // the database deletes the thumbnails by a cascade
        media.forEach(mxc -> announcements.announce(entities, mxc.toString()));
        return media;
    }

    /**
     * Updates the times of last access, unless by less than ten minutes: each write of an indexed column leaves a dead
     * row and an entry in every index to PostgreSQL's vacuum.
     */
    public void accessed(Map<Mxc, Instant> times) {
        accessed(times, ACCESS_PRECISION);
    }

    /** As {@link #accessed(Map)}, unless by less than {@code precision}. */
    public void accessed(Map<Mxc, Instant> times, Duration precision) {
        transactions.run(entities ->
                times.forEach((mxc, time) -> entities.createQuery("update MediaEntity set lastAccessAt = :time"
                                + " where origin = :origin and mediaId = :id and lastAccessAt <= :before")
                        .setParameter("time", time.toEpochMilli())
                        .setParameter("before", time.minus(precision).toEpochMilli())
                        .setParameter("origin", mxc.server().value())
                        .setParameter("id", mxc.mediaId())
                        .executeUpdate()));
    }
}
