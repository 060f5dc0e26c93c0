package io.mediakeep.media.quarantine;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.OriginThumbnail;
import io.mediakeep.media.blob.ContentUriKey;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/**
 * The content URIs of quarantined media of other servers, which is not fetched, nor are its thumbnails. Transactions that
 * change them hold the lock of {@link QuarantineChangeCatalog#lock}.
 */
public final class QuarantinedUriCatalog {
    private QuarantinedUriCatalog() {}

    /**
     * Within a transaction: quarantines a URI, unless it is.
     *
     * @param by an administrator, or what stands in place of one in the row of the media
     */
    public static void add(EntityManager entities, Mxc mxc, String by) {
        if (!contains(entities, mxc)) {
            entities.persist(new QuarantinedUriEntity(mxc, by));
        }
    }

    /** Within a transaction: releases a URI. */
    public static void remove(EntityManager entities, Mxc mxc) {
        QuarantinedUriEntity row = find(entities, mxc);
        if (row != null) {
            entities.remove(row);
        }
    }

    /** Within a transaction: whether media is quarantined by its URI; for a thumbnail of its origin, by that of its original. */
    public static boolean contains(EntityManager entities, Mxc mxc) {
        return find(
                        entities,
                        OriginThumbnail.storedUnder(mxc)
                                .map(OriginThumbnail::media)
                                .orElse(mxc))
                != null;
    }

    private static @Nullable QuarantinedUriEntity find(EntityManager entities, Mxc mxc) {
        return entities.find(QuarantinedUriEntity.class, new ContentUriKey(mxc));
    }
}
