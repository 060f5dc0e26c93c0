package io.mediakeep.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A source of blobs. Implementations are safe for concurrent use. */
public interface BlobSource {

    /**
     * Opens the bytes from {@code offset} on, at most {@code length} of them; the caller closes the stream.
     *
     * @throws BlobNotFoundException when there are no bytes at this location; always here, never at the first read
     */
    InputStream open(BlobLocation location, long offset, long length) throws IOException;

    /**
     * The file that holds exactly these bytes, if there is one, so that it can be sent without a copy in this process.
     */
    default Optional<Path> file(BlobLocation location) {
        return Optional.empty();
    }

    /** Whether opening and reading wait for another machine, which is not done on a thread that sends responses. */
    default boolean isRemote() {
        return false;
    }
}
