package io.mediakeep.media.content;

import io.mediakeep.matrix.ContentType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Content of another server that is given out while it arrives, so that its hash is not known yet.
 *
 * @param contentType as the other server names it
 * @param fileName the name it is saved under, if there is one
 * @param size in bytes, if the other server says it
 */
public record ContentInProgress(
        ContentType contentType, Optional<String> fileName, OptionalLong size, RemoteFetch arrival)
        implements DownloadResult {

    @Override
    public ContentInProgress named(String name) {
        return new ContentInProgress(contentType, Optional.of(name), size, arrival);
    }

    /** All of it, when it is kept; fails with a {@link io.mediakeep.matrix.MatrixException} when it does not come whole. */
    public CompletionStage<Content> whole() {
        return arrival.whole();
    }

    /** The bytes from the first to the last, as they come; the caller closes the source. */
    public ByteSource source() throws IOException {
        return arrival.source();
    }
}
