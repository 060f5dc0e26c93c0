package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The bytes in the store together with the rows that stand for them. */
public final class Blobs {
    /** How often bytes are put again that somebody removed in between, before the upload is refused. */
    private static final int MOST_TRIES = 5;

    private final BlobStore store;
    private final BlobCatalog catalog;
    private final Clock clock;

    /** A store and the rows that stand for its bytes. */
    public Blobs(BlobStore store, BlobCatalog catalog, Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.clock = clock;
    }

    BlobStore store() {
        return store;
    }

    /**
     * Puts the bytes, then has them pointed at.
     *
     * @param point adds what points at the bytes under their generation, durably; false when that is gone by now
     * @throws MatrixException what {@code point} refuses with, or 503 when the bytes keep being removed
     */
    public void keep(Spool spool, Predicate<String> point) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<String> generation = catalog.register(spool.id(), spool.size(), clock.instant());
            if (generation.isPresent()) {
                store.put(spool);
                if (pointedAt(spool.id(), generation.get(), point)) {
                    return;
                }
            }
        }
        throw MatrixException.unavailable("The same content is being deleted; try again", Duration.ofSeconds(2));
    }

    private boolean pointedAt(BlobId id, String generation, Predicate<String> point) throws IOException {
        try {
            return point.test(generation);
        } catch (MatrixException refusal) {
            removeUnlessReferenced(id); // a refused upload leaves nothing behind
            throw refusal;
        }
    }

    /** Removes the bytes and their row, unless something points at them. */
    boolean removeUnlessReferenced(BlobId id) throws IOException {
        if (!catalog.beginRemoval(id, clock.instant())) {
            return false;
        }
        remove(id);
        return true;
    }

    /** Removes blobs that nothing has pointed at since a time; answers how many. */
    int removeUnreferenced(Instant since, int most) throws IOException {
        int removed = 0;
        for (BlobId id : catalog.unreferenced(since, most)) {
            removed += removeUnlessReferenced(id) ? 1 : 0;
        }
        return removed;
    }

    /** Ends removals that began before a time and were cut off; answers how many. */
    int endRemovals(Instant since, int most) throws IOException {
        List<BlobId> left = catalog.leftRemoving(since, most);
        for (BlobId id : left) {
            remove(id);
        }
        return left.size();
    }

    private void remove(BlobId id) throws IOException {
        store.delete(id);
        catalog.endRemoval(id);
    }
}
