package io.mediakeep.blob;

import io.mediakeep.persistence.StoreIdentity;
import java.io.IOException;
import java.util.Optional;

/**
 * Keeps bytes under names that are never used for others. Implementations are safe for any number of threads and, where their
 * medium is shared, any number of nodes.
 */
public interface BlobStore extends BlobSource {

    /**
     * Keeps the spooled bytes. When this returns they survive a crash. Keeping them again at the same location mends
     * what was lost or damaged there, and takes as long as the first time, so that nobody can tell that they were known.
     * The spool stays open.
     */
    void put(Spool spool, BlobLocation location) throws IOException;

    /**
     * Removes the bytes. Deleting what is not there changes nothing. It may take effect at any later time, as a request
     * that is repeated does: nothing that is needed is ever kept at this location again.
     */
    void delete(BlobLocation location) throws IOException;

    /** What this store has in common with the database whose bytes it keeps; empty when nobody has said so yet. */
    Optional<StoreIdentity> identity() throws IOException;

    /**
     * Makes the store ready for the bytes of a database, and says so in the store, instead of what it said before. When
     * this returns that survives a crash.
     */
    void identify(StoreIdentity identity) throws IOException;

    /** Whether no bytes are kept here. It may take long when there are few, so it is asked at a start only. */
    boolean isEmpty() throws IOException;
}
