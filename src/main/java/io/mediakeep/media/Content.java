package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A whole body that we send: what it is, and where its bytes are.
 *
 * @param contentType as the uploader named it
 * @param fileName the name it is saved under, if there is one
 * @param size in bytes
 */
public record Content(String contentType, Optional<String> fileName, long size, BlobId blob, BlobStore store)
        implements Delivery {

    @Override
    public Content named(String name) {
        return new Content(contentType, Optional.of(name), size, blob, store);
    }

    /** The SHA-256 of the bytes, 64 lower-case hexadecimal digits: equal for equal bytes, and for no others. */
    public String sha256() {
        return blob.sha256();
    }

    /**
     * Opens the bytes from {@code offset} on, at most {@code length} of them; the caller closes the stream.
     *
     * @throws BlobNotFoundException when the bytes are gone
     */
    public InputStream open(long offset, long length) throws IOException {
        return store.open(blob, offset, length);
    }

    /** The file that holds just these bytes, where there is one. */
    public Optional<Path> file() {
        return store.file(blob);
    }
}
