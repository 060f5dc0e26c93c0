package io.mediakeep.media.content;

import io.mediakeep.matrix.ContentType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Content that is sent while it is fetched from its origin; its hash is not known yet.
 *
 * @param contentType as the origin declares it
 * @param fileName the name for saving, if there is one
 * @param size in bytes, if the origin declares it
 */
public record ContentInProgress(
        ContentType contentType, Optional<String> fileName, OptionalLong size, RemoteFetch fetch)
        implements DownloadResult {

    @Override
    public ContentInProgress named(String name) {
        return new ContentInProgress(contentType, Optional.of(name), size, fetch);
    }

    /** The content when it is stored; fails with a {@link io.mediakeep.matrix.MatrixException} when the fetch does. */
    public CompletionStage<Content> complete() {
        return fetch.complete();
    }

    /** The bytes from the first to the last, as they are received; the caller closes the source. */
    public ByteSource source() throws IOException {
        return fetch.source();
    }
}
