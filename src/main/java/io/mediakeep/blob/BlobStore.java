package io.mediakeep.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps bytes under the hash of their content. Implementations are safe for any number of threads and, where their
 * medium is shared, any number of nodes.
 */
public interface BlobStore {

    /**
     * Keeps the spooled bytes. When this returns they survive a crash. Keeping known content again changes nothing, and
     * takes as long as the first time, so that nobody can tell that it was known. The spool stays open.
     */
    void put(Spool spool) throws IOException;

    /**
     * Opens the bytes from {@code offset} on, at most {@code length} of them; the caller closes the stream.
     *
     * @throws BlobNotFoundException when there are no bytes under this id, always here and never at the first read
     */
    InputStream open(BlobId id, long offset, long length) throws IOException;

    /** The file that holds just these bytes, where the store has one, so that a container can send it by itself. */
    default Optional<Path> file(BlobId id) {
        return Optional.empty();
    }

    /** Forgets the bytes. Deleting what is not there changes nothing. */
    void delete(BlobId id) throws IOException;
}
