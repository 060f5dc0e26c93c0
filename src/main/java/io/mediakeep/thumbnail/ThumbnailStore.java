package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.concurrent.Counts;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.thumbnail.image.ImageFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The stored thumbnails: their rows, their blobs, and their times of last use. */
public final class ThumbnailStore {
    private final ThumbnailCatalog catalog;
    private final ThumbnailCache cache;
    private final LastAccesses<ThumbnailKey> uses;
    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final ThumbnailIntegrity integrity = new ThumbnailIntegrity();
    private final Counts<ImageFormat> stored = new Counts<>(ImageFormat.class);

    /** Stores the bytes in the blob store, and the rows in the catalog. */
    public ThumbnailStore(
            ThumbnailCatalog catalog,
            ThumbnailCache cache,
            LastAccesses<ThumbnailKey> uses,
            SpoolDirectory spools,
            Blobs blobs) {
        this.catalog = catalog;
        this.cache = cache;
        this.uses = uses;
        this.spools = spools;
        this.blobs = blobs;
    }

    /** The numbers of rendered thumbnails that were stored since the start, by their format. */
    public Map<String, LongSupplier> stored() {
        return stored.byName();
    }

    /** The thumbnail, if it is stored and its blob is intact. */
    Optional<Content> find(ThumbnailKey key, Content original) {
        Optional<Content> stored = cache.find(key)
                .map(thumbnail -> thumbnail.content(original))
                .filter(content -> isOriginal(content, original) || integrity.isIntact(content));
        stored.ifPresent(content -> uses.record(key));
        return stored;
    }

    /** As {@link #find}, bypassing the cache: another node may have rendered it meanwhile. */
    Optional<Content> findUncached(ThumbnailKey key, Content original) {
        cache.invalidate(key.mxc());
        return find(key, original);
    }

    private static boolean isOriginal(Content content, Content original) {
        return content.blob().equals(original.blob());
    }

    /**
     * Stores what was rendered, if there is room.
     *
     * @throws io.mediakeep.matrix.MatrixException 404 when the media was deleted or quarantined meanwhile
     */
    Content store(ThumbnailKey key, RenderResult.Rendered rendered, Content original) throws IOException {
        byte[] bytes = rendered.bytes();
        try (Spool spool = spools.receive(new ByteArrayInputStream(bytes), bytes.length)) {
            if (spools.space().isLow()) {
                catalog.requireMedia(key.mxc());
                BlobLocation nowhere = BlobLocation.newFor(spool.id());
                return new Thumbnail(rendered.contentType(), spool.size(), nowhere)
                        .content(new BlobReader(spool.delayRemoval(), (location, size) -> {}));
            }
            Thumbnail thumbnail = blobs.store(
                    spool, location -> catalog.add(key, new Thumbnail(rendered.contentType(), spool.size(), location)));
            stored.increment(ImageFormat.ofContentType(rendered.contentType()));
            return stored(key, thumbnail, original);
        }
    }

    /**
     * Stores that the original serves as the thumbnail, if there is room.
     *
     * @throws io.mediakeep.matrix.MatrixException 404 when the media was deleted or quarantined meanwhile
     */
    Content store(ThumbnailKey key, RenderResult.Original result, Content original) {
        Thumbnail thumbnail = new Thumbnail(result.contentType(), original.size(), original.blob());
        if (spools.space().isLow()) {
            catalog.requireMedia(key.mxc());
        } else {
            catalog.addOriginal(key, thumbnail);
        }
        return stored(key, thumbnail, original);
    }

    private Content stored(ThumbnailKey key, Thumbnail thumbnail, Content original) {
        cache.invalidate(key.mxc());
        return thumbnail.content(original);
    }
}
