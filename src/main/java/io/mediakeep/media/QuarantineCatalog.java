package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.quarantine.HashRestriction;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.media.quarantine.QuarantineChangeCatalog;
import io.mediakeep.media.quarantine.QuarantinedUriCatalog;
import io.mediakeep.media.quarantine.RestrictedHash;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rows of media that is quarantined, or protected from it. Quarantine goes by content: first its hash is
 * quarantined, which decides what is stored from then on; then the media that is stored with it. Transactions that
 * change quarantine run one at a time.
 */
public final class QuarantineCatalog {
    private final Transactions transactions;
    private final Announcements announcements;
    private final HashRestrictionCatalog hashes;

    /** The catalog in a database. */
    public QuarantineCatalog(Transactions transactions, Announcements announcements, HashRestrictionCatalog hashes) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.hashes = hashes;
    }

    /**
     * At most {@code max} quarantined hashes, in order.
     *
     * @param after the hash that they follow, in hexadecimal digits; empty for the first
     */
    public List<RestrictedHash> quarantinedHashes(String after, int max) {
        return hashes.list(HashRestriction.QUARANTINED, after, max);
    }

    /** The hash of stored media. */
    public Optional<BlobId> hashOf(Mxc mxc) {
        return hashOf(mxc, "");
    }

    /** The hash of stored media, unless it is protected. */
    public Optional<BlobId> unprotectedHashOf(Mxc mxc) {
        return hashOf(mxc, " and m.safeFromQuarantine = false");
    }

    private Optional<BlobId> hashOf(Mxc mxc, String condition) {
        return transactions.call(entities -> entities.createQuery(
                        "select m.blobHash from MediaEntity m where m.origin = :origin and m.mediaId = :id" + condition,
                        String.class)
                .setParameter("origin", mxc.server().value())
                .setParameter("id", mxc.mediaId())
                .getResultStream()
                .findFirst()
                .map(BlobId::new));
    }

    /**
     * At most {@code max} hashes of a user's media that is not protected, in order.
     *
     * @param after the hash that they follow, in hexadecimal digits; empty for the first
     */
    public List<BlobId> hashesOf(UserId uploader, String after, int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select distinct m.blobHash from MediaEntity m where m.uploader = :uploader"
                                + " and m.safeFromQuarantine = false and m.blobHash > :after order by m.blobHash",
                        String.class)
                .setParameter("uploader", uploader.value())
                .setParameter("after", after)
                .setMaxResults(max)
                .getResultStream()
                .map(BlobId::new)
                .toList());
    }

    /**
     * Quarantines the URI of another server's media, whether it is stored or not: it is not fetched any more, nor are its
     * thumbnails. What is stored is not affected.
     */
    public void quarantineUri(Mxc mxc, UserId by) {
        transactions.callDurably(entities -> {
            QuarantineChangeCatalog.lock(entities);
            QuarantinedUriCatalog.add(entities, mxc, by.value());
            return true;
        });
    }

    /** As {@link #quarantineUri}, the other way around. */
    public void releaseUri(Mxc mxc) {
        transactions.callDurably(entities -> {
            QuarantineChangeCatalog.lock(entities);
            QuarantinedUriCatalog.remove(entities, mxc);
            return true;
        });
    }

    /**
     * Quarantines hashes: on return, what is stored with one of them is quarantined, or can be found by {@link
     * #quarantineStored}.
     */
    public void quarantineHashes(Collection<BlobId> ids, UserId by) {
        transactions.callDurably(entities -> {
            QuarantineChangeCatalog.lock(entities);
            hashes.quarantine(entities, ids, by);
            return true;
        });
        awaitUploads(ids);
    }

    /** As {@link #quarantineHashes}, the other way around. */
    public void releaseHashes(Collection<BlobId> ids) {
        transactions.callDurably(entities -> {
            QuarantineChangeCatalog.lock(entities);
            return HashRestrictionCatalog.remove(entities, ids, HashRestriction.QUARANTINED);
        });
        awaitUploads(ids);
    }

    /** An upload that has read the restrictions before they changed holds the lock until it has committed. */
    private void awaitUploads(Collection<BlobId> ids) {
        transactions.run(entities -> BlobCatalog.awaitReferences(entities, ids));
    }

    /**
     * Quarantines stored media with these hashes, as far as they are quarantined, and announces it to all nodes.
     *
     * @return what was not quarantined before and is not protected; at most {@code max} items
     */
    public List<Mxc> quarantineStored(Collection<BlobId> ids, UserId by, int max) {
        return change(ids, true, max, row -> row.quarantine(by));
    }

    /**
     * Releases stored media with these hashes, as far as they are not quarantined, and announces it to all nodes.
     *
     * @return what was quarantined before; at most {@code max} items
     */
    public List<Mxc> releaseStored(Collection<BlobId> ids, int max) {
        return change(ids, false, max, MediaEntity::release);
    }

    private List<Mxc> change(Collection<BlobId> ids, boolean quarantined, int max, Consumer<MediaEntity> change) {
        List<Mxc> changed = transactions.callDurably(entities -> {
            QuarantineChangeCatalog.lock(entities); // the restrictions do not change until the end
            Set<BlobId> restricted = HashRestrictionCatalog.restricted(entities, ids, HashRestriction.QUARANTINED);
            List<BlobId> affected = ids.stream()
                    .filter(id -> restricted.contains(id) == quarantined)
                    .toList();
            List<MediaEntity> rows = rows(entities, affected, !quarantined, max);
            rows.forEach(change);
            rows.forEach(row -> row.updateQuarantinedUri(entities));
            List<Mxc> media = rows.stream().map(MediaEntity::mxc).toList();
            QuarantineChangeCatalog.record(entities, media, quarantined);
            media.forEach(mxc -> announcements.announce(entities, mxc.toString()));
            return media;
        });
        changed.forEach(mxc -> announcements.notifyListeners(mxc.toString()));
        return changed;
    }

    /** Protected media is released as other media is, but not quarantined. */
    private static List<MediaEntity> rows(EntityManager entities, List<BlobId> ids, boolean quarantined, int max) {
        return entities.createQuery(
                        "select m from MediaEntity m where m.blobHash in :hashes and m.quarantined = :quarantined"
                                + (quarantined ? "" : " and m.safeFromQuarantine = false"),
                        MediaEntity.class)
                .setParameter("hashes", ids.stream().map(BlobId::sha256).toList())
                .setParameter("quarantined", quarantined)
                .setMaxResults(max)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /** Protects local media from quarantine, or no longer; returns whether it exists. */
    public boolean protect(Mxc mxc, boolean safe) {
        return transactions.callDurably(
                entities -> entities.createQuery("update MediaEntity set safeFromQuarantine = :safe"
                                        + " where origin = :origin and mediaId = :id")
                                .setParameter("safe", safe)
                                .setParameter("origin", mxc.server().value())
                                .setParameter("id", mxc.mediaId())
                                .executeUpdate()
                        > 0);
    }
}
