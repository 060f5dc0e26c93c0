package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of stored thumbnails: a limited number for each media item, those used last. */
public final class ThumbnailCatalog {
    /** The entity whose rows point at blobs, for {@link io.mediakeep.media.blob.BlobReferenceCatalog}. */
    public static final String ROWS = "ThumbnailEntity";

    private static final String OF_MEDIA = " where t.origin = :origin and t.mediaId = :id";

    private final Transactions transactions;
    private final Announcements announcements;
    private final BlobCatalog blobs;
    private final int maxVariants;
    private final Clock clock;

    /**
     * The catalog in a database.
     *
     * @param maxVariants the maximum number of thumbnails of one media item
     */
    public ThumbnailCatalog(
            Transactions transactions, Announcements announcements, BlobCatalog blobs, int maxVariants, Clock clock) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.blobs = blobs;
        this.maxVariants = maxVariants;
        this.clock = clock;
    }

    /** All stored thumbnails of a media item. */
    Map<ThumbnailSpec, Thumbnail> of(Mxc mxc) {
        return transactions.call(entities -> entities.createQuery(
                        "select t, b.location from ThumbnailEntity t join BlobEntity b on b.hash = t.blobHash"
                                + OF_MEDIA,
                        Object[].class)
                .setParameter("origin", mxc.server().value())
                .setParameter("id", mxc.mediaId())
                .getResultStream()
                .collect(Collectors.toUnmodifiableMap(
                        row -> ((ThumbnailEntity) row[0]).spec(),
                        row -> ((ThumbnailEntity) row[0]).toThumbnail(new BlobLocation((String) row[1])))));
    }

    /**
     * Adds the row of a thumbnail whose blob is stored, replacing an earlier one, and removes the least recently used
     * ones above the limit. It is not forced to disk: a thumbnail that is lost in a power cut is rendered again.
     *
     * @return the thumbnail; empty when its blob was removed meanwhile and must be stored again
     * @throws MatrixException 404 when its media was deleted or quarantined meanwhile, or its own bytes are quarantined
     *     or blocked
     */
    Optional<Thumbnail> add(ThumbnailKey key, Thumbnail thumbnail) {
        return transactions.call(entities -> {
            lockMedia(entities, key.mxc());
            if (!BlobCatalog.addReference(entities, thumbnail.blob())) {
                return Optional.empty();
            }
            if (!HashRestrictionCatalog.of(entities, thumbnail.blob().id()).isEmpty()) {
                throw MatrixException.notFound();
            }
            add(entities, key, thumbnail);
            return Optional.of(thumbnail);
        });
    }

    /**
     * Adds the row of a thumbnail that is the original itself, whose blob the media row references.
     *
     * @throws MatrixException 404 when the media was deleted or quarantined meanwhile
     */
    void addOriginal(ThumbnailKey key, Thumbnail original) {
        transactions.run(entities -> {
            lockMedia(entities, key.mxc());
            add(entities, key, original);
        });
    }

    /** @throws MatrixException 404 when the media is deleted or quarantined */
    void requireMedia(Mxc mxc) {
        transactions.run(entities -> lockMedia(entities, mxc));
    }

    /**
     * Removes thumbnails whose bytes have one of these hashes and are not those of their media, and announces that to
     * all nodes.
     *
     * @return of which media; at most {@code max}
     */
    public List<Mxc> removeWithContent(Collection<BlobId> ids, int max) {
        List<Mxc> media = transactions.call(entities -> {
            List<ThumbnailEntity> rows = withContent(entities, ids, max);
            blobs.release(entities, rows.stream().map(ThumbnailEntity::blob));
            rows.forEach(entities::remove);
            rows.forEach(row -> announcements.announce(entities, row.mxc().toString()));
            return rows.stream().map(ThumbnailEntity::mxc).toList();
        });
        media.forEach(mxc -> announcements.notifyListeners(mxc.toString()));
        return media;
    }

    private static List<ThumbnailEntity> withContent(EntityManager entities, Collection<BlobId> ids, int max) {
        return entities.createQuery(
                        "select t from ThumbnailEntity t join MediaEntity m"
                                + " on m.origin = t.origin and m.mediaId = t.mediaId"
                                + " where t.blobHash in :hashes and m.blobHash <> t.blobHash",
                        ThumbnailEntity.class)
                .setParameter("hashes", ids.stream().map(BlobId::sha256).toList())
                .setMaxResults(max)
                .getResultList();
    }

    /** Locks the media row until the transaction ends, against deletion and against concurrent thumbnails. */
    private static void lockMedia(EntityManager entities, Mxc mxc) {
        if (!MediaCatalog.lock(entities, mxc)) {
            throw MatrixException.notFound();
        }
    }

    private void add(EntityManager entities, ThumbnailKey key, Thumbnail thumbnail) {
        List<ThumbnailEntity> stored = rows(entities, key.mxc()).getResultList();
        Stream<ThumbnailEntity> replaced =
                stored.stream().filter(row -> row.spec().equals(key.spec()));
        List<ThumbnailEntity> tooMany = stored.stream()
                .filter(row -> !row.spec().equals(key.spec()))
                .skip(maxVariants - 1L)
                .toList();
        blobs.release(entities, Stream.concat(replaced, tooMany.stream()).map(ThumbnailEntity::blob));
        tooMany.forEach(entities::remove);
        entities.merge(new ThumbnailEntity(key, thumbnail, clock.instant()));
        if (!tooMany.isEmpty()) {
            announcements.announce(entities, key.mxc().toString());
        }
    }

    /** Most recently used first. */
    private static TypedQuery<ThumbnailEntity> rows(EntityManager entities, Mxc mxc) {
        return entities.createQuery(
                        "select t from ThumbnailEntity t" + OF_MEDIA + " order by t.lastUsedAt desc, t.createdAt desc",
                        ThumbnailEntity.class)
                .setParameter("origin", mxc.server().value())
                .setParameter("id", mxc.mediaId());
    }

    /** Advances the times of last use. */
    public void used(Map<ThumbnailKey, Instant> times) {
        transactions.run(entities -> times.forEach((key, time) -> used(entities, key, time)));
    }

    private static void used(EntityManager entities, ThumbnailKey key, Instant time) {
        entities.createQuery("update ThumbnailEntity t set t.lastUsedAt = :time" + OF_MEDIA + " and t.width = :width"
                        + " and t.height = :height and t.method = :method and t.animated = :animated"
                        + " and t.lastUsedAt < :time")
                .setParameter("time", time.toEpochMilli())
                .setParameter("origin", key.mxc().server().value())
                .setParameter("id", key.mxc().mediaId())
                .setParameter("width", key.spec().width())
                .setParameter("height", key.spec().height())
                .setParameter("method", key.spec().method().name())
                .setParameter("animated", key.spec().animated())
                .executeUpdate();
    }
}
