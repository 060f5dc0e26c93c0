package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of the thumbnails that are kept: for each media only so many, and the ones used last. */
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
     * @param maxVariants how many thumbnails of one media are kept
     */
    public ThumbnailCatalog(
            Transactions transactions, Announcements announcements, BlobCatalog blobs, int maxVariants, Clock clock) {
        this.transactions = transactions;
        this.announcements = announcements;
        this.blobs = blobs;
        this.maxVariants = maxVariants;
        this.clock = clock;
    }

    /** All thumbnails that are kept of media. */
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
     * Adds the row of a thumbnail whose bytes are in the store, in the place of an earlier one, and lets go of the ones
     * used least. It is not forced to disk: one that is lost with the power is drawn again.
     *
     * @return the thumbnail; empty when its bytes were removed meanwhile and must be put again
     * @throws MatrixException 404 when its media was deleted meanwhile
     */
    Optional<Thumbnail> add(Variant variant, Thumbnail thumbnail) {
        return transactions.call(entities -> {
            lockMedia(entities, variant.mxc());
            if (!BlobCatalog.addReference(entities, thumbnail.blob())) {
                return Optional.empty();
            }
            add(entities, variant, thumbnail);
            return Optional.of(thumbnail);
        });
    }

    /**
     * Adds the row which says that the original serves. Its bytes are held by its media.
     *
     * @throws MatrixException 404 when the media was deleted meanwhile
     */
    void addOriginal(Variant variant, Thumbnail original) {
        transactions.run(entities -> {
            lockMedia(entities, variant.mxc());
            add(entities, variant, original);
        });
    }

    /** So that the media stays until the end, and nobody else adds to its thumbnails meanwhile. */
    private static void lockMedia(EntityManager entities, Mxc mxc) {
        if (!MediaCatalog.lock(entities, mxc)) {
            throw MatrixException.notFound();
        }
    }

    private void add(EntityManager entities, Variant variant, Thumbnail thumbnail) {
        List<ThumbnailEntity> kept = rows(entities, variant.mxc()).getResultList();
        Stream<ThumbnailEntity> replaced =
                kept.stream().filter(row -> row.spec().equals(variant.spec()));
        List<ThumbnailEntity> tooMany = kept.stream()
                .filter(row -> !row.spec().equals(variant.spec()))
                .skip(maxVariants - 1L)
                .toList();
        blobs.release(entities, Stream.concat(replaced, tooMany.stream()).map(ThumbnailEntity::blob));
        tooMany.forEach(entities::remove);
        entities.merge(new ThumbnailEntity(variant, thumbnail, clock.instant()));
        if (!tooMany.isEmpty()) {
            announcements.announce(entities, variant.mxc().toString());
        }
    }

    /** The last used first. */
    private static TypedQuery<ThumbnailEntity> rows(EntityManager entities, Mxc mxc) {
        return entities.createQuery(
                        "select t from ThumbnailEntity t" + OF_MEDIA + " order by t.lastUsedAt desc, t.createdAt desc",
                        ThumbnailEntity.class)
                .setParameter("origin", mxc.server().value())
                .setParameter("id", mxc.mediaId());
    }

    /** Moves the times of last use forward. */
    public void used(Map<Variant, Instant> times) {
        transactions.run(entities -> times.forEach((variant, time) -> used(entities, variant, time)));
    }

    private static void used(EntityManager entities, Variant variant, Instant time) {
        entities.createQuery("update ThumbnailEntity t set t.lastUsedAt = :time" + OF_MEDIA + " and t.width = :width"
                        + " and t.height = :height and t.method = :method and t.animated = :animated"
                        + " and t.lastUsedAt < :time")
                .setParameter("time", time.toEpochMilli())
                .setParameter("origin", variant.mxc().server().value())
                .setParameter("id", variant.mxc().mediaId())
                .setParameter("width", variant.spec().width())
                .setParameter("height", variant.spec().height())
                .setParameter("method", variant.spec().method().name())
                .setParameter("animated", variant.spec().animated())
                .executeUpdate();
    }
}
