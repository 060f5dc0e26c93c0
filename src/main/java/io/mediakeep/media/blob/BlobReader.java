package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobSource;
import io.mediakeep.blob.BlobVerification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/** Reads stored blobs for responses, and records when they are lost or damaged. */
public final class BlobReader implements AutoCloseable {
    private final BlobSource store;
    private final ObjLongConsumer<BlobLocation> damageListener;
    private final Optional<ReadAhead> readAhead;
    private volatile long lastRead = System.nanoTime() - Duration.ofDays(1).toNanos();

    /** @param damageListener receives the location and expected size of a lost or damaged blob */
    public BlobReader(BlobSource store, ObjLongConsumer<BlobLocation> damageListener) {
        this.store = store;
        this.damageListener = damageListener;
        this.readAhead = store.isRemote() ? Optional.of(new ReadAhead()) : Optional.empty();
    }

    /** Reads ahead from a store on another machine; empty for others. */
    public Optional<ReadAhead> readAhead() {
        return readAhead;
    }

    /** As {@link BlobSource#open}. */
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        lastRead = System.nanoTime();
        return store.open(location, offset, length);
    }

    /** As {@link BlobSource#file}. */
    public Optional<Path> file(BlobLocation location) {
        lastRead = System.nanoTime();
        return store.file(location);
    }

    /** As {@link BlobSource#redirect}. */
    public Optional<BlobSource.Redirect> redirect(BlobLocation location, BlobSource.Headers headers)
            throws IOException {
        return store.redirect(location, headers);
    }

    /** As {@link BlobSource#evict}. */
    void evict(BlobLocation location) {
        store.evict(location);
    }

    /** Whether the blob exists with the expected size; if not, that is recorded. Reads none of its bytes. */
    public boolean exists(BlobLocation location, long size) throws IOException {
        try {
            Optional<Path> file = file(location);
            if (file.isEmpty()) {
                open(location, 0, 0).close();
                return true;
            }
            if (Files.size(file.get()) == size) {
                return true;
            }
        } catch (BlobNotFoundException | NoSuchFileException lost) {
            // recorded below
        }
        recordDamaged(location, size);
        return false;
    }

    /** Whether size and hash of a blob are as expected. Reads all its bytes. */
    public boolean isIntact(BlobLocation location, long size) throws IOException {
        return BlobVerification.isIntact(store, location, size);
    }

    /** Records that a blob is lost or damaged. */
    public void recordDamaged(BlobLocation location, long size) {
        damageListener.accept(location, size);
    }

    /** Whether any blob was read within that time. */
    public boolean usedWithin(Duration time) {
        return System.nanoTime() - lastRead < time.toNanos();
    }

    /** Ends reading ahead. */
    @Override
    public void close() {
        readAhead.ifPresent(ReadAhead::close);
    }
}
