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

/** The bytes in the store as those find them who ask for content. */
public final class BlobReader {
    private final BlobSource store;
    private final ObjLongConsumer<BlobLocation> damage;
    private volatile long lastRead = System.nanoTime() - Duration.ofDays(1).toNanos();

    /** @param damage hears of bytes that turn out to be lost or damaged, and how many there should be */
    public BlobReader(BlobSource store, ObjLongConsumer<BlobLocation> damage) {
        this.store = store;
        this.damage = damage;
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

    /** Whether the bytes are there, as far as it can be known without reading them; it is noted if not. */
    public boolean holds(BlobLocation location, long size) throws IOException {
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
            // noted below
        }
        damaged(location, size);
        return false;
    }

    public boolean isSound(BlobLocation location, long size) throws IOException {
        return BlobVerification.isSound(store, location, size);
    }

    /** Has it noted that bytes are lost or damaged. */
    public void damaged(BlobLocation location, long size) {
        damage.accept(location, size);
    }

    /** Whether anybody has asked for bytes within so long a time. */
    public boolean usedWithin(Duration time) {
        return System.nanoTime() - lastRead < time.toNanos();
    }
}
