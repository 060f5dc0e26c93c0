package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobVerification;
import io.mediakeep.blob.Spool;
import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes in the store together with the rows that stand for them. */
public final class Blobs {
    private static final Logger log = LoggerFactory.getLogger(Blobs.class);

    /** How often bytes are put again that somebody removed in between, before the upload is refused. */
    private static final int MOST_TRIES = 5;

    /** After this a removal is tried again that the store failed to do. */
    private static final Duration RETRY = Duration.ofMinutes(10);

    private final BlobStore store;
    private final BlobCatalog catalog;
    private final RemovalCatalog removals;
    private final BlobDamage damage;
    private final BlobReader reader;

    /** A store and the rows that stand for its bytes. */
    public Blobs(BlobStore store, BlobCatalog catalog, RemovalCatalog removals, BlobIntegrityCatalog soundness) {
        this.store = store;
        this.catalog = catalog;
        this.removals = removals;
        this.damage = new BlobDamage(store, soundness);
        this.reader = new BlobReader(store, damage::found);
    }

    /** Reads what is kept. */
    public BlobReader reader() {
        return reader;
    }

    /** A verification of stored bytes that has yet to begin. */
    public BlobVerification verification(StoredBlob blob) {
        return new BlobVerification(store, blob.location(), blob.size());
    }

    /** Where it is noted that bytes are damaged. */
    public BlobDamage damage() {
        return damage;
    }

    /**
     * Puts the bytes, then has them pointed at. Bytes of the same content that are being removed do not matter: they
     * have another location.
     *
     * @param point adds what points at the bytes at their location, durably, and answers it; empty when the row that
     *     stands for them is gone by now
     * @throws MatrixException what {@code point} refuses with, or 503 when the bytes keep being removed
     */
    public <T> T keep(Spool spool, Function<BlobLocation, Optional<T>> point) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            BlobLocation location = catalog.register(spool.id(), spool.size());
            store.put(spool, location);
            Optional<T> pointing = pointedAt(location, point);
            if (pointing.isPresent()) {
                return pointing.get();
            }
            store.delete(location); // whoever removed the row may have removed the bytes before they were put
        }
        throw MatrixException.unavailable("The same content is being deleted; try again", Duration.ofSeconds(2));
    }

    private <T> Optional<T> pointedAt(BlobLocation location, Function<BlobLocation, Optional<T>> point) {
        try {
            return point.apply(location);
        } catch (MatrixException refusal) {
            removeRefused(location, refusal);
            throw refusal;
        }
    }

    /** A refused upload leaves nothing behind: if not now, the housekeeping removes it. */
    private void removeRefused(BlobLocation location, MatrixException refusal) {
        try {
            remove(location);
        } catch (IOException | RuntimeException failure) {
            refusal.addSuppressed(failure);
        }
    }

    /** Removes the bytes and their row, unless something points at them; answers whether it did. */
    public boolean remove(BlobLocation location) throws IOException {
        if (!removals.begin(location)) {
            return false;
        }
        store.delete(location);
        removals.end(location);
        return true;
    }

    /**
     * Goes through candidates for removal that are due, at most so many; answers how many there were. One that the store
     * fails to remove does not hold up the others.
     */
    public int removeDue(int most) {
        List<BlobLocation> due = removals.due(most);
        for (BlobLocation location : due) {
            try {
                remove(location);
            } catch (IOException | RuntimeException failure) {
                log.warn("The blob {} could not be removed yet: {}", location, failure.toString());
                removals.retryAfter(RETRY, location);
            }
        }
        return due.size();
    }
}
