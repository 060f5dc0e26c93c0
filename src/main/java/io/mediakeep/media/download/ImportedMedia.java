package io.mediakeep.media.download;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Media;
import io.mediakeep.media.blob.BlobReader;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Media that is not in the catalog, but in the store of another server, from which it is imported. */
@FunctionalInterface
public interface ImportedMedia {
    /** Nothing is imported. */
    ImportedMedia NONE = mxc -> CompletableFuture.completedStage(Optional.empty());

    /**
     * Finds media, at once or on a thread that may block, and begins to adopt it. Fails with 503 when a store cannot be
     * read.
     */
    CompletionStage<Optional<Item>> find(Mxc mxc);

    /**
     * An item in the other store.
     *
     * @param media with its hash in the place of a location
     * @param reader reads it from there
     * @param adopted completes when the attempt to adopt it has ended, successfully or not
     */
    record Item(Media media, BlobReader reader, CompletionStage<?> adopted) {}
}
