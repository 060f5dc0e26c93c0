package io.mediakeep.blob;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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

    /**
     * A URL from which clients read exactly these bytes without this server; empty where there is none.
     *
     * @param headers of the response at the URL
     * @throws BlobNotFoundException when there are no bytes at this location
     */
    default Optional<Redirect> redirect(BlobLocation location, Headers headers) throws IOException {
        return Optional.empty();
    }

    /** The response headers {@code Content-Type}, {@code Content-Disposition} and {@code Cache-Control}. */
    record Headers(String contentType, String disposition, String cacheControl) {}

    /**
     * A URL that clients may be redirected to.
     *
     * @param lifetime how long the URL may be used
     */
    record Redirect(URI url, Duration lifetime) {

        /** Without the URL, which may be a secret. */
        @Override
        public String toString() {
            return "Redirect[" + lifetime + "]";
        }
    }

    /** Removes what is cached of a blob that was deleted. */
    default void evict(BlobLocation location) {}

    /** Whether opening and reading wait for another machine, which is not done on a thread that sends responses. */
    default boolean isRemote() {
        return false;
    }
}
