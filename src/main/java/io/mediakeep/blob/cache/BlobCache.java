package io.mediakeep.blob.cache;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobSource;
import io.mediakeep.blob.FileRange;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.concurrent.CacheCounts;
import io.mediakeep.concurrent.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs of a store on another machine, cached as files. The first reader of a blob starts to fill its file, and all
 * readers read from this file what it has. A range that is far ahead of that is read from the store.
 */
public final class BlobCache implements BlobSource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BlobCache.class);

    /** How many blobs are read into the cache concurrently; others are read past it. */
    private static final int MAX_FILLS = 8;

    /** How far ahead of what is filled a reader waits, in bytes. */
    static final long MAX_AHEAD = 4L << 20;

    /** The part of the cache that one blob may have, so that a large one does not displace all others. */
    static final int MAX_SHARE = 4;

    /** How many blobs are looked up by one query. */
    private static final int BATCH = 500;

    private final BlobSource store;
    private final CacheDirectory directory;
    private final long maxBlobBytes;
    private final ExecutorService executor = Workers.named("blob-cache", MAX_FILLS);
    private final Semaphore permits = new Semaphore(MAX_FILLS);
    private final ConcurrentMap<BlobLocation, CacheFill> fills = new ConcurrentHashMap<>();
    private final CacheCounts counts = new CacheCounts();

    private BlobCache(BlobSource store, CacheDirectory directory, long maxBlobBytes) {
        this.store = store;
        this.directory = directory;
        this.maxBlobBytes = maxBlobBytes;
    }

    /**
     * Opens the cache of a store, with what earlier processes have left in it.
     *
     * @throws IOException when its directory cannot be used, or another process uses it
     */
    public static BlobCache open(S3Settings.Cache settings, BlobSource store, InstantSource clock) throws IOException {
        CacheDirectory directory = CacheDirectory.open(settings.root(), settings.maxBytes(), clock);
        return new BlobCache(store, directory, settings.maxBytes() / MAX_SHARE);
    }

    @Override
    public Optional<Path> file(BlobLocation location) {
        Optional<Path> found = directory.find(location);
        counts.count(found.isPresent());
        return found;
    }

    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        Optional<InputStream> cached = cached(location, offset, length);
        if (cached.isPresent()) {
            return cached.get();
        }
        Optional<CacheFill> fill = length == 0 ? Optional.empty() : fill(location, offset);
        if (fill.isPresent()) {
            Optional<InputStream> filled = fill.get().open(offset, offset + Math.min(length, Long.MAX_VALUE - offset));
            if (filled.isPresent()) {
                return filled.get();
            }
            cached = cached(location, offset, length);
        }
        return cached.isPresent() ? cached.get() : store.open(location, offset, length);
    }

    private Optional<InputStream> cached(BlobLocation location, long offset, long length) {
        return directory.find(location).flatMap(file -> {
            try {
                return Optional.of(FileRange.open(file, offset, length));
            } catch (IOException removed) {
                return Optional.empty();
            }
        });
    }

    /** The fill that a reader joins: one that is about as far as the reader, or a new one for a reader that begins. */
    private Optional<CacheFill> fill(BlobLocation location, long offset) {
        CacheFill running = fills.get(location);
        return running == null && offset == 0 && permits.tryAcquire()
                ? Optional.of(start(location))
                : Optional.ofNullable(running).filter(fill -> fill.isNear(offset, MAX_AHEAD));
    }

    private CacheFill start(BlobLocation location) {
        CacheFill started = new CacheFill(location, directory, maxBlobBytes);
        CacheFill concurrent = fills.putIfAbsent(location, started);
        if (concurrent != null) {
            permits.release();
            return concurrent;
        }
        executor.execute(() -> {
            try {
                started.run(store);
            } finally {
                fills.remove(location, started);
                started.end();
                permits.release();
            }
        });
        return started;
    }

    /** What is in the cache may be redirected, too: it is in the store. */
    @Override
    public Optional<Redirect> redirect(BlobLocation location, Headers headers) throws IOException {
        return store.redirect(location, headers);
    }

    @Override
    public boolean isRemote() {
        return store.isRemote();
    }

    @Override
    public void evict(BlobLocation location) {
        CacheFill running = fills.get(location);
        if (running != null) {
            running.cancel();
        }
        directory.remove(location);
    }

    /**
     * Removes the blobs that were deleted by other nodes.
     *
     * @param existing returns those of some blobs that were not deleted
     */
    public void removeDeleted(UnaryOperator<Set<BlobLocation>> existing) {
        List<BlobLocation> cached = directory.locations();
        int removed = 0;
        for (int from = 0; from < cached.size(); from += BATCH) {
            Set<BlobLocation> deleted = new HashSet<>(cached.subList(from, Math.min(from + BATCH, cached.size())));
            deleted.removeAll(existing.apply(Set.copyOf(deleted)));
            deleted.forEach(this::evict);
            removed += deleted.size();
        }
        if (removed > 0) {
            log.info("Removed {} deleted blobs from the cache", removed);
        }
    }

    /** How often a blob was cached when it was requested. */
    public CacheCounts counts() {
        return counts;
    }

    /** The size of the cache in bytes. */
    public long used() {
        return directory.used();
    }

    @Override
    public void close() throws IOException {
        executor.shutdownNow();
        directory.close();
    }
}
