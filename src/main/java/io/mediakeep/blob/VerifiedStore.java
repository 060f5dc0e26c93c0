package io.mediakeep.blob;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that is used only while it has the identity of the database. A file system that is not mounted leaves an
 * empty directory in its place: blobs that are not found there are not lost, and blobs written there would be. So the
 * identity is read before each write and removal, and when a blob is not found; reading an existing blob costs nothing
 * more.
 */
public final class VerifiedStore implements BlobStore {
    private static final Logger log = LoggerFactory.getLogger(VerifiedStore.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final BlobStore store;
    private final StoreIdentity identity;
    private volatile boolean identified;
    private StoreState state = StoreState.AVAILABLE;

    /**
     * A store.
     *
     * @param identity of the database and its store
     * @param identified whether the store has it; otherwise it is written as soon as it can be
     */
    public VerifiedStore(BlobStore store, StoreIdentity identity, boolean identified) {
        this.store = store;
        this.identity = identity;
        this.identified = identified;
    }

    /** The same for another store, which has this one's identity. */
    public VerifiedStore over(BlobStore other) {
        return new VerifiedStore(other, identity, identified);
    }

    /** The state at the last check. */
    public synchronized StoreState state() {
        return state;
    }

    /** Checks whether the store is available, and logs when that has changed. */
    public StoreState check() {
        Optional<String> problem = problem();
        StoreState now = problem.map(StoreState::unavailable).orElse(StoreState.AVAILABLE);
        synchronized (this) {
            if (state.available() && !now.available()) {
                log.error(
                        "The blob store is not available: {}. Uploads and downloads are rejected until it is",
                        now.reason());
            } else if (!state.available() && now.available()) {
                log.info("The blob store is available again");
            }
            state = now;
        }
        return now;
    }

    private Optional<String> problem() {
        try {
            Optional<StoreIdentity> found = identified ? store.identity() : writtenIdentity();
            return found.isEmpty()
                    ? Optional.of("it has no identity (is its file system mounted?)")
                    : found.map(StoreIdentity::id)
                            .filter(other -> !other.equals(identity.id()))
                            .map(other -> "it is the store " + other + ", not " + identity.id());
        } catch (IOException failure) {
            return Optional.of("its identity cannot be read or written: " + failure.getMessage());
        }
    }

    /** An empty store is not the one that was found at the start: its file system is not mounted. */
    private synchronized Optional<StoreIdentity> writtenIdentity() throws IOException {
        if (!identified && !store.isEmpty()) {
            store.identify(identity);
            identified = true;
        }
        return store.identity();
    }

    /** Rejects with 503 when the store is not available. */
    private void verify() {
        if (!check().available()) {
            throw unavailable();
        }
    }

    private static MatrixException unavailable() {
        return MatrixException.unavailable(
                "The blob store of this server is not available; try again later", RETRY_AFTER);
    }

    /** @throws MatrixException 503 when the store is not available: the blob may be in it */
    @Override
    public void put(Spool spool, BlobLocation location) throws IOException {
        verify();
        store.put(spool, location);
    }

    /**
     * While the last check found a remote store unavailable it is not read, since each attempt would hold a thread until
     * its timeout.
     *
     * @throws MatrixException 503 when the store is not available
     */
    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        if (isRemote() && !state().available()) {
            throw unavailable();
        }
        return verifyingIfAbsent(() -> store.open(location, offset, length));
    }

    private <T> T verifyingIfAbsent(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (BlobNotFoundException absent) {
            verify();
            throw absent;
        }
    }

    /** Reads something of a blob that should exist. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    @Override
    public Optional<Path> file(BlobLocation location) {
        return store.file(location);
    }

    /** None while the last check found the store unavailable. */
    @Override
    public Optional<Redirect> redirect(BlobLocation location, Headers headers) throws IOException {
        return state().available() ? verifyingIfAbsent(() -> store.redirect(location, headers)) : Optional.empty();
    }

    @Override
    public boolean isRemote() {
        return store.isRemote();
    }

    /** @throws MatrixException 503 when the store is not available: it may come back with the bytes */
    @Override
    public void delete(BlobLocation location) throws IOException {
        verify();
        store.delete(location);
    }

    /** @throws MatrixException 503 when the store is not available */
    @Override
    public Map<BlobLocation, IOException> deleteAll(Collection<BlobLocation> locations) {
        verify();
        return store.deleteAll(locations);
    }

    /** @throws MatrixException 503 when the store is not available: what is there instead has no blobs */
    @Override
    public List<Listed> list(Optional<BlobLocation> after, int max) throws IOException {
        verify();
        return store.list(after, max);
    }

    @Override
    public Optional<StoreIdentity> identity() throws IOException {
        return store.identity();
    }

    @Override
    public void identify(StoreIdentity identity) throws IOException {
        store.identify(identity);
    }

    @Override
    public boolean isEmpty() throws IOException {
        return store.isEmpty();
    }
}
