package io.mediakeep.integrity;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Two stores as one, while blobs are moved from one to the other: blobs are put into the first, read from either, and removed from
 * both.
 */
public final class BothStores implements BlobStore {
    private final BlobStore first;
    private final BlobStore second;

    /**
     * Two stores with the identity of the same database.
     *
     * @param first into which blobs are put
     * @param second which is read, too
     */
    public BothStores(BlobStore first, BlobStore second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void put(Spool spool, BlobLocation location) throws IOException {
        first.put(spool, location);
    }

    /** A blob may be moved from the second to the first between two attempts. */
    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        try {
            return first.open(location, offset, length);
        } catch (BlobNotFoundException notYet) {
            try {
                return second.open(location, offset, length);
            } catch (BlobNotFoundException noLonger) {
                return first.open(location, offset, length);
            }
        }
    }

    @Override
    public Optional<Path> file(BlobLocation location) {
        return first.file(location).or(() -> second.file(location));
    }

    @Override
    public boolean isRemote() {
        return first.isRemote() || second.isRemote();
    }

    @Override
    public void delete(BlobLocation location) throws IOException {
        second.delete(location);
        first.delete(location);
    }

    @Override
    public Map<BlobLocation, IOException> deleteAll(Collection<BlobLocation> locations) {
        Map<BlobLocation, IOException> failures = new HashMap<>(second.deleteAll(locations));
        failures.putAll(first.deleteAll(locations));
        return failures;
    }

    /** With the sizes of the first store, where both have a blob. */
    @Override
    public List<Listed> list(Optional<BlobLocation> after, int max) throws IOException {
        Map<String, Listed> listed = new TreeMap<>();
        second.list(after, max).forEach(blob -> listed.put(blob.location().value(), blob));
        first.list(after, max).forEach(blob -> listed.put(blob.location().value(), blob));
        return listed.values().stream().limit(max).toList();
    }

    /**
     * The identity of both; empty while one of them has none.
     *
     * @throws IOException when they differ
     */
    @Override
    public Optional<StoreIdentity> identity() throws IOException {
        Optional<StoreIdentity> ofFirst = first.identity();
        Optional<StoreIdentity> ofSecond = second.identity();
        if (ofFirst.isEmpty() || ofSecond.isEmpty()) {
            return Optional.empty();
        }
        if (!ofFirst.get().id().equals(ofSecond.get().id())) {
            throw new IOException("the two stores have different identities");
        }
        return ofFirst;
    }

    @Override
    public void identify(StoreIdentity identity) throws IOException {
        first.identify(identity);
        second.identify(identity);
    }

    @Override
    public boolean isEmpty() throws IOException {
        return first.isEmpty() && second.isEmpty();
    }
}
