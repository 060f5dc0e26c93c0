package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.download.LastAccesses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** The thumbnails that were drawn before: their rows, their bytes, and how much they are used. */
public final class KeptThumbnails {
    private final ThumbnailCatalog catalog;
    private final ThumbnailLookups lookups;
    private final LastAccesses<Variant> uses;
    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final Soundness soundness = new Soundness();

    /** Keeps the bytes among all blobs, and the rows in the catalog. */
    public KeptThumbnails(
            ThumbnailCatalog catalog,
            ThumbnailLookups lookups,
            LastAccesses<Variant> uses,
            SpoolDirectory spools,
            Blobs blobs) {
        this.catalog = catalog;
        this.lookups = lookups;
        this.uses = uses;
        this.spools = spools;
        this.blobs = blobs;
    }

    /** The thumbnail, if it is kept and its bytes are sound. */
    Optional<Content> find(Variant variant, Content original) {
        Optional<Content> kept = lookups.find(variant)
                .map(thumbnail -> thumbnail.content(original.reader()))
                .filter(content -> isOriginal(content, original) || soundness.of(content));
        kept.ifPresent(content -> uses.record(variant));
        return kept;
    }

    /** As {@link #find}, past what is remembered: another node may have drawn it meanwhile. */
    Optional<Content> lookAgain(Variant variant, Content original) {
        lookups.forget(variant.mxc());
        return find(variant, original);
    }

    private static boolean isOriginal(Content content, Content original) {
        return content.blob().equals(original.blob());
    }

    /**
     * Keeps what was drawn, if there is room.
     *
     * @throws io.mediakeep.matrix.MatrixException 404 when the media was deleted meanwhile
     */
    Content keep(Variant variant, Drawing.Drawn drawn, Content original) throws IOException {
        byte[] bytes = drawn.bytes();
        try (Spool spool = spools.receive(new ByteArrayInputStream(bytes), bytes.length)) {
            if (spools.space().isLow()) {
                BlobLocation nowhere = BlobLocation.newFor(spool.id());
                return new Thumbnail(drawn.contentType(), spool.size(), nowhere)
                        .content(new BlobReader(spool.delayRemoval(), (location, size) -> {}));
            }
            Thumbnail thumbnail = blobs.store(
                    spool,
                    location -> catalog.add(variant, new Thumbnail(drawn.contentType(), spool.size(), location)));
            return remembered(variant, thumbnail, original);
        }
    }

    /**
     * Keeps the word that the original serves, if there is room.
     *
     * @throws io.mediakeep.matrix.MatrixException 404 when the media was deleted meanwhile
     */
    Content keep(Variant variant, Drawing.Original serves, Content original) {
        Thumbnail thumbnail = new Thumbnail(serves.contentType(), original.size(), original.blob());
        if (!spools.space().isLow()) {
            catalog.addOriginal(variant, thumbnail);
        }
        return remembered(variant, thumbnail, original);
    }

    private Content remembered(Variant variant, Thumbnail thumbnail, Content original) {
        lookups.forget(variant.mxc());
        return thumbnail.content(original.reader());
    }
}
