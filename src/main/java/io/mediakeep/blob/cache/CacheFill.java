package io.mediakeep.blob.cache;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobSource;
import io.mediakeep.blob.FileRange;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.storage.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A blob that is being read into the cache, from its first byte to its last, by one thread for all readers. */
final class CacheFill {
    private static final Logger log = LoggerFactory.getLogger(CacheFill.class);

    private static final int BUFFER_BYTES = 64 * 1024;

    /** How long a reader waits for bytes before it reads from the store itself. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final BlobLocation location;
    private final CacheDirectory directory;
    private final long maxBytes;
    private final Path file;
    private final Lock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private volatile boolean cancelled;
    private long reserved;
    private long received;
    private boolean ended;

    /**
     * A fill that has not started.
     *
     * @param maxBytes the size above which a blob is not cached
     */
    CacheFill(BlobLocation location, CacheDirectory directory, long maxBytes) {
        this.location = location;
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.file = directory.fillingFile(location);
    }

    /** Reads the blob, and adds it to the cache. A failure leaves nothing, and is that of the readers. */
    void run(BlobSource store) {
        try {
            boolean cachedMeanwhile = directory.find(location).isPresent();
            if (!cachedMeanwhile && copied(store) && directory.add(location, file, reserved, () -> !cancelled)) {
                reserved = 0; // it is that of the entry now
            }
        } catch (IOException | MatrixException failure) {
            log.debug("A blob could not be cached", failure);
        } finally {
            removeUnfinished();
        }
    }

    /** Whether all bytes are in the file, durably: a file that is found after a crash is complete. */
    private boolean copied(BlobSource store) throws IOException {
        PrivateFiles.createFile(file);
        try (InputStream bytes = store.open(location, 0, Long.MAX_VALUE);
                FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                if (cancelled || reserved + count > maxBytes || !directory.reserve(count)) {
                    return false;
                }
                reserved += count;
                receive(ByteBuffer.wrap(buffer, 0, count), out);
            }
            out.force(true);
            return true;
        }
    }

    private void receive(ByteBuffer bytes, FileChannel out) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        change(() -> received += bytes.limit());
    }

    private void removeUnfinished() {
        directory.release(reserved);
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            log.warn("A file of the cache could not be removed: {}", failure.toString());
        }
    }

    /** Ends the wait of its readers, when it has run and is not joined any more: they read from the cache or the store. */
    void end() {
        change(() -> ended = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it without adding the blob, as soon as it can be. */
    void cancel() {
        cancelled = true;
    }

    /** Whether a reader at an offset should wait: whether the byte there is received, or will be soon. */
    boolean isNear(long offset, long distance) {
        lock.lock();
        try {
            return offset <= received + distance;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Opens a range when all its bytes are received; empty when the fill has ended.
     *
     * @param end the exclusive end of the range, at most {@code Long.MAX_VALUE}
     */
    Optional<InputStream> open(long offset, long end) throws IOException {
        return await(end) ? opened(offset, end) : Optional.empty();
    }

    private Optional<InputStream> opened(long offset, long end) throws IOException {
        try {
            return Optional.of(FileRange.open(file, offset, end - offset));
        } catch (NoSuchFileException endedMeanwhile) {
            return Optional.empty();
        }
    }

    private boolean await(long end) throws IOException {
        long remaining = MAX_WAIT.toNanos();
        lock.lock();
        try {
            while (received < end && !ended && remaining > 0) {
                remaining = progress.awaitNanos(remaining);
            }
            return received >= end;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            lock.unlock();
        }
    }
}
