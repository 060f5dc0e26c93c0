package io.mediakeep.blob;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes that have arrived whole: a file that is forced to disk, its size and its hash. Closing removes the file.
 */
public final class Spool implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(Spool.class);

    /** How long a file lingers. Whoever has opened it by then can read it to the end. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final Path file;
    private final long size;
    private final BlobId id;
    private boolean lingers;

    Spool(Path file, long size, BlobId id) {
        this.file = file;
        this.size = size;
        this.id = id;
    }

    /** Where the bytes are, until this is closed. */
    public Path file() {
        return file;
    }

    /** How many bytes there are. */
    public long size() {
        return size;
    }

    /** The hash of the bytes. */
    public BlobId id() {
        return id;
    }

    /**
     * The bytes, for somebody to whom they are given out without being kept. The file is removed 5 s after this is closed.
     */
    public BlobSource lend() {
        lingers = true;
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
        if (lingers) {
            CompletableFuture.delayedExecutor(LINGER.toMillis(), TimeUnit.MILLISECONDS)
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
