package io.mediakeep.media.blob;

import static java.util.function.Predicate.not;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobSource;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobVerification;
import io.mediakeep.blob.Spool;
import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The blob store together with the rows of its blobs. */
public final class Blobs {
    private static final Logger log = LoggerFactory.getLogger(Blobs.class);

    /** How often the bytes are put again when they were removed concurrently, before the upload fails. */
    private static final int MAX_ATTEMPTS = 5;

    /** The delay before a failed removal is retried. */
    private static final Duration RETRY_DELAY = Duration.ofMinutes(10);

    private final BlobStore store;
    private final BlobCatalog catalog;
    private final RemovalCatalog removals;
    private final BlobDamage damage;
    private final BlobReader reader;
    private final LongAdder removed = new LongAdder();

    /**
     * A store and its rows.
     *
     * @param source from which blobs are read for responses: the store itself, or a cache of it
     */
    public Blobs(
            BlobStore store,
            BlobSource source,
            BlobCatalog catalog,
            RemovalCatalog removals,
            BlobIntegrityCatalog integrity) {
        this.store = store;
        this.catalog = catalog;
        this.removals = removals;
        this.damage = new BlobDamage(store, integrity);
        this.reader = new BlobReader(source, damage::recordDamaged);
    }

    /** Reads stored blobs. */
    public BlobReader reader() {
        return reader;
    }

    /** What the store holds, as {@link BlobStore#list}. */
    public List<BlobStore.Listed> list(Optional<BlobLocation> after, int max) throws IOException {
        return store.list(after, max);
    }

    /** Whether the store has bytes at a location, also if it does not list them yet. Records nothing. */
    public boolean hasBytes(BlobLocation location) throws IOException {
        try {
            store.open(location, 0, 0).close();
            return true;
        } catch (BlobNotFoundException absent) {
            return false;
        }
    }

    /** A verification of a stored blob, not started. */
    public BlobVerification verification(StoredBlob blob) {
        return new BlobVerification(store, blob.location(), blob.size());
    }

    /** Records damaged blobs. */
    public BlobDamage damage() {
        return damage;
    }

    /**
     * Stores the bytes, then adds a reference to them. A concurrent removal of the same content does not interfere: it
     * has another location.
     *
     * @param addReference adds a reference to the location, durably, and returns it; empty when the blob's row has been
     *     removed
     * @throws MatrixException the exception of {@code addReference}, or 503 when the blob is removed concurrently again
     *     and again
     */
    public <T> T store(Spool spool, Function<BlobLocation, Optional<T>> addReference) throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            BlobLocation location = catalog.register(spool.id(), spool.size());
            store.put(spool, location);
            Optional<T> reference = reference(location, addReference);
            if (reference.isPresent()) {
                return reference.get();
            }
            store.delete(location); // whatever removed the row may have removed the bytes before they were put
        }
        throw MatrixException.unavailable("The same content is being deleted; try again", Duration.ofSeconds(2));
    }

    /**
     * Stores the bytes of several spools side by side, which on disk share the forcing of its journal. What gets no
     * reference is removed when {@link BlobCatalog#GRACE} is over.
     *
     * @param executor its threads may block
     * @return the locations by hash
     */
    public Map<BlobId, BlobLocation> putAll(Collection<Spool> spools, Executor executor) throws IOException {
        Map<BlobId, BlobLocation> locations = catalog.registerAll(spools);
        CompletableFuture<?>[] puts = spools.stream()
                .map(spool -> CompletableFuture.runAsync(
                        () -> put(spool, Objects.requireNonNull(locations.get(spool.id()))), executor))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(puts).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof UncheckedIOException failed) {
                throw failed.getCause();
            }
            throw failure;
        }
        return locations;
    }

    private void put(Spool spool, BlobLocation location) {
        try {
            store.put(spool, location);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private <T> Optional<T> reference(BlobLocation location, Function<BlobLocation, Optional<T>> addReference) {
        try {
            return addReference.apply(location);
        } catch (MatrixException rejection) {
            removeRejected(location, rejection);
            throw rejection;
        }
    }

    /** A rejected upload leaves nothing behind: if removing fails, the periodic cleanup does it. */
    private void removeRejected(BlobLocation location, MatrixException rejection) {
        try {
            remove(location);
        } catch (IOException | RuntimeException failure) {
            rejection.addSuppressed(failure);
        }
    }

    /** Removes a blob and its row, unless it is referenced; returns whether it did. */
    public boolean remove(BlobLocation location) throws IOException {
        if (!removals.begin(location)) {
            return false;
        }
        store.delete(location);
        reader.evict(location);
        removals.end(location);
        return true;
    }

    /**
     * Processes at most {@code max} due candidates for removal; returns how many there were. A failing removal does not
     * delay the others.
     */
    public int removeDue(int max) {
        List<BlobLocation> due = removals.due(max);
        List<BlobLocation> begun = new ArrayList<>();
        for (BlobLocation location : due) {
            try {
                if (removals.begin(location)) {
                    begun.add(location);
                }
            } catch (RuntimeException failure) {
                postpone(location, failure);
            }
        }
        delete(begun);
        return due.size();
    }

    /** The number of blobs that this node has removed since the start. */
    public long removed() {
        return removed.sum();
    }

    /** Removes the bytes of blobs whose removal has begun. */
    private void delete(List<BlobLocation> begun) {
        Map<BlobLocation, ? extends Exception> failures;
        try {
            failures = store.deleteAll(begun);
        } catch (RuntimeException failure) {
            failures = begun.stream().collect(Collectors.toMap(Function.identity(), location -> failure));
        }
        begun.forEach(reader::evict);
        begun.stream().filter(not(failures::containsKey)).forEach(removals::end);
        removed.add(begun.size() - failures.size());
        failures.forEach(this::postpone);
    }

    private void postpone(BlobLocation location, Exception failure) {
        log.warn("The blob {} could not be removed yet: {}", location, failure.toString());
        removals.retryAfter(RETRY_DELAY, location);
    }
}
