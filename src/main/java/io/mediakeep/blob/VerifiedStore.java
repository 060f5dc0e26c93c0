package io.mediakeep.blob;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.persistence.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that is used only while it is the one that belongs to our database. A file system that is not mounted leaves an
 * empty folder in its place: what is not found there is not lost, and what is written there would be. So the identity
 * is read before each write and removal, and when bytes are not found; reading what is there costs nothing more.
 */
public final class VerifiedStore implements BlobStore {
    private static final Logger log = LoggerFactory.getLogger(VerifiedStore.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    private final BlobStore store;
    private final UUID id;
    private StoreState state = StoreState.AVAILABLE;

    /** @param id of the database, and of its store */
    public VerifiedStore(BlobStore store, UUID id) {
        this.store = store;
        this.id = id;
    }

    /** How the store was when that was last looked at. */
    public synchronized StoreState state() {
        return state;
    }

    /** Looks whether the store is there, and logs when that has changed. */
    public StoreState check() {
        Optional<String> problem = problem();
        StoreState now = problem.map(StoreState::unavailable).orElse(StoreState.AVAILABLE);
        synchronized (this) {
            if (state.available() && !now.available()) {
                log.error(
                        "The blob store is not available: {}. Uploads and downloads are refused until it is",
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
            Optional<StoreIdentity> found = store.identity();
            return found.isEmpty()
                    ? Optional.of("it has no identity, as if its file system were not mounted")
                    : found.map(StoreIdentity::id)
                            .filter(other -> !other.equals(id))
                            .map(other -> "it is the store " + other + ", not " + id);
        } catch (IOException failure) {
            return Optional.of("its identity cannot be read: " + failure.getMessage());
        }
    }

    /** Refuses with 503 when the store is not there. */
    private void verify() {
        if (!check().available()) {
            throw MatrixException.unavailable("The media store is not available at the moment", TRY_AGAIN);
        }
    }

    /** @throws MatrixException 503 when the store is not there */
    @Override
    public void put(Spool spool, BlobLocation location) throws IOException {
        verify();
        store.put(spool, location);
    }

    /** @throws MatrixException 503 when the store is not there */
    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        try {
            return store.open(location, offset, length);
        } catch (BlobNotFoundException absent) {
            verify();
            throw absent;
        }
    }

    @Override
    public Optional<Path> file(BlobLocation location) {
        return store.file(location);
    }

    /** @throws MatrixException 503 when the store is not there: it may come back with the bytes */
    @Override
    public void delete(BlobLocation location) throws IOException {
        verify();
        store.delete(location);
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
