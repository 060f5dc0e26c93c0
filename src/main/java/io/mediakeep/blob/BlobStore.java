package io.mediakeep.blob;

import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores bytes under names that are never reused. Implementations are safe for concurrent use and, where their medium
 * is shared, for any number of nodes.
 */
public interface BlobStore extends BlobSource {
    /** The maximum number of blobs that are listed at once: that of S3. */
    int MAX_LISTED = 1000;

    /**
     * A blob as the store lists it.
     *
     * @param size in bytes
     */
    record Listed(BlobLocation location, long size) {}

    /**
     * Stores the spooled bytes, durably. Storing them again at the same location repairs what was lost or damaged
     * there, and takes as long as the first time, so that timing does not reveal that they were stored already. The
     * spool stays open.
     */
    void put(Spool spool, BlobLocation location) throws IOException;

    /**
     * Removes the bytes. Removing what does not exist has no effect. It may take effect at any later time, as a
     * repeated request does: nothing is ever stored at this location again.
     */
    void delete(BlobLocation location) throws IOException;

    /**
     * Removes the bytes at several locations, as {@link #delete} does; a failure at one does not prevent the others.
     *
     * @return the failures, by location
     */
    default Map<BlobLocation, IOException> deleteAll(Collection<BlobLocation> locations) {
        Map<BlobLocation, IOException> failures = new HashMap<>();
        for (BlobLocation location : locations) {
            try {
                delete(location);
            } catch (IOException failure) {
                failures.put(location, failure);
            }
        }
        return failures;
    }

    /**
     * The blobs whose locations follow, in order: that of the hashes, and any that stays the same for one hash. A blob that is
     * put or removed meanwhile may be missing.
     *
     * @param after empty for the first
     * @param max from 1 to {@value #MAX_LISTED}
     * @return {@code max} blobs; fewer at the end
     */
    List<Listed> list(Optional<BlobLocation> after, int max) throws IOException;

    /** The identity that this store shares with its database; empty when none was written yet. */
    Optional<StoreIdentity> identity() throws IOException;

    /** Initialises the store for a database, and writes their identity in place of the one before, durably. */
    void identify(StoreIdentity identity) throws IOException;

    /** Whether the store is empty. It may take long when it holds little, so it is called at the start only. */
    boolean isEmpty() throws IOException;
}
