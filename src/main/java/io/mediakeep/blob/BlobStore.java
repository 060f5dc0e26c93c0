package io.mediakeep.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps bytes under names that are never used for others. Implementations are safe for any number of threads and, where their
 * medium is shared, any number of nodes.
 */
public interface BlobStore {

    /**
     * Keeps the spooled bytes. When this returns they survive a crash. Keeping them again at the same location mends
     * what was lost or damaged there, and takes as long as the first time, so that nobody can tell that they were known.
     * The spool stays open.
     */
    void put(Spool spool, BlobLocation location) throws IOException;

    /**
     * Opens the bytes from {@code offset} on, at most {@code length} of them; the caller closes the stream.
     *
     * @throws BlobNotFoundException when there are no bytes at this location, always here and never at the first read
     */
    InputStream open(BlobLocation location, long offset, long length) throws IOException;

    /** The file that holds just these bytes, where the store has one, so that a container can send it by itself. */
    default Optional<Path> file(BlobLocation location) {
        return Optional.empty();
    }

    /**
     * Removes the bytes. Deleting what is not there changes nothing. It may take effect at any later time, as a request
     * that is repeated does: nothing that is needed is ever kept at this location again.
     */
    void delete(BlobLocation location) throws IOException;
}
