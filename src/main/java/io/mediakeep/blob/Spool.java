package io.mediakeep.blob;

import io.mediakeep.matrix.Sha256;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A received body: a file that is forced to disk, its size and its hash. Closing removes the file. */
public final class Spool implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(Spool.class);

    /**
     * How long after closing the file is removed when that is delayed. A reader that has opened it by then can read it
     * to the end.
     */
    private static final Duration REMOVAL_DELAY = Duration.ofSeconds(5);

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path file;
    private final long size;
    private final BlobId id;
    private boolean removalDelayed;

    Spool(Path file, long size, BlobId id) {
        this.file = file;
        this.size = size;
        this.id = id;
    }

    /** A file that is complete; it is read to compute its size and hash, and its bytes are forced to disk. */
    static Spool of(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
            channel.force(false);
            return new Spool(file, channel.size(), BlobId.of(digest));
        }
    }

    /** The file, until this is closed. */
    public Path file() {
        return file;
    }

    /** The number of bytes. */
    public long size() {
        return size;
    }

    /** The hash of the bytes. */
    public BlobId id() {
        return id;
    }

    /**
     * Delays the removal of the file to 5 s after this is closed, and returns its bytes, for serving them without
     * storing them.
     */
    public BlobSource delayRemoval() {
        removalDelayed = true;
        return new BlobSource() {
            @Override
            public InputStream open(BlobLocation location, long offset, long length) throws IOException {
                return FileRange.open(file, offset, length);
            }

            @Override
            public Optional<Path> file(BlobLocation location) {
                return Optional.of(file);
            }
        };
    }

    @Override
    public void close() throws IOException {
        if (removalDelayed) {
            CompletableFuture.delayedExecutor(REMOVAL_DELAY.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::remove);
        } else {
            Files.deleteIfExists(file);
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            log.warn("A spool file could not be removed: {}", failure.getMessage());
        }
    }
}
