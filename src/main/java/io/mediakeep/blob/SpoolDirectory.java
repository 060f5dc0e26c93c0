package io.mediakeep.blob;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.storage.FreeSpace;
import io.mediakeep.storage.PrivateFiles;
import io.mediakeep.storage.StorageFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in which this process receives bodies, below a root that any number of processes share. It is locked
 * while it is open, so that other processes can distinguish it from that of a dead process.
 */
public final class SpoolDirectory implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(SpoolDirectory.class);

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Path root;
    private final SpoolSweep sweep;
    private final InstantSource clock;
    private final FreeSpace space;
    private @Nullable LockedSpoolDirectory directory;

    private SpoolDirectory(Path root, SpoolSweep sweep, InstantSource clock, FreeSpace space) {
        this.root = root;
        this.sweep = sweep;
        this.clock = clock;
        this.space = space;
    }

    /** Creates a directory below the root, which is created too if necessary. On a full disk that is done later. */
    public static SpoolDirectory open(Path root) throws IOException {
        return open(root, FreeSpace.UNLIMITED);
    }

    /**
     * As {@link #open(Path)}. The rate of senders is measured by {@link System#nanoTime}, which setting the system
     * clock does not change.
     *
     * @param space the free space where bodies are stored
     */
    public static SpoolDirectory open(Path root, FreeSpace space) throws IOException {
        return open(root, InstantSource.system(), () -> Instant.EPOCH.plusNanos(System.nanoTime()), space);
    }

    /** As {@link #open(Path)}, with a clock for the rate of senders and the age of directories. */
    public static SpoolDirectory open(Path root, InstantSource clock) throws IOException {
        return open(root, clock, clock, FreeSpace.UNLIMITED);
    }

    private static SpoolDirectory open(Path root, InstantSource wall, InstantSource rates, FreeSpace space)
            throws IOException {
        PrivateFiles.createDirectories(root);
        SpoolDirectory spools = new SpoolDirectory(root, new SpoolSweep(root, wall), rates, space);
        try {
            spools.directory();
        } catch (IOException failure) {
            if (StorageFailure.of(failure).isEmpty()) {
                throw failure;
            }
            log.warn(
                    "No spool directory can be created yet; uploads are rejected until it is: {}",
                    failure.getMessage());
        }
        return spools;
    }

    private synchronized LockedSpoolDirectory directory() throws IOException {
        LockedSpoolDirectory created = directory;
        if (created == null) {
            created = LockedSpoolDirectory.create(root);
            directory = created;
        }
        return created;
    }

    /** The free space for what is received and stored. */
    public FreeSpace space() {
        return space;
    }

    /**
     * Receives a body and forces it to disk. On failure no file is left.
     *
     * @throws MatrixException when the body is longer than {@code maxBytes}, as soon as that is known, is too slow, or
     *     exhausts the free space
     */
    public Spool receive(InputStream body, long maxBytes) throws IOException {
        return receive(body, maxBytes, SpoolListener.NONE);
    }

    /** As {@link #receive(InputStream, long)}; the listener can read the file in the meantime. */
    public Spool receive(InputStream body, long maxBytes, SpoolListener listener) throws IOException {
        try (SpoolWriter writer = writer(maxBytes, listener)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int filled = fill(body, buffer, writer); filled > 0; filled = fill(body, buffer, writer)) {
                writer.write(ByteBuffer.wrap(buffer, 0, filled));
            }
            return writer.finish();
        }
    }

    /**
     * Receives a body without blocking a thread; it is written on the threads of its publisher. Completes when it is
     * forced to disk, and fails as {@link #receive(InputStream, long)} does, or as the publisher does; on failure no
     * file is left.
     */
    public CompletionStage<Spool> receive(Flow.Publisher<ByteBuffer> body, long maxBytes) throws IOException {
        SpoolSubscriber subscriber = new SpoolSubscriber(writer(maxBytes, SpoolListener.NONE));
        body.subscribe(subscriber);
        return subscriber.spool();
    }

    /**
     * Takes over the bytes of a file of this machine, which is only read: as a hard link to it where that is possible,
     * else as a copy.
     */
    public Spool link(Path file) throws IOException {
        Path link = newFile();
        try {
            Files.delete(link);
            Files.createLink(link, file);
            return Spool.of(link);
        } catch (FileSystemException | UnsupportedOperationException notPossible) {
            Files.deleteIfExists(link);
            return copy(file);
        }
    }

    /** Copies a file of this machine. */
    public Spool copy(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return receive(bytes, Long.MAX_VALUE);
        }
    }

    private SpoolWriter writer(long maxBytes, SpoolListener listener) throws IOException {
        Path file = newFile();
        try {
            return SpoolWriter.open(file, maxBytes, new MinimumRate(clock), listener, space);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    /**
     * A new file in the directory. The directory is missing when its file system is not mounted any more; when the root
     * still exists, as where another node has removed the directory as abandoned, it is created again.
     *
     * @throws MatrixException 503 when the root is missing too
     */
    private synchronized Path newFile() throws IOException {
        try {
            return directory().newFile();
        } catch (NoSuchFileException deleted) {
            if (!Files.isDirectory(root)) {
                throw MatrixException.unavailable("This server cannot receive uploads; try again later", RETRY_AFTER);
            }
            close();
            return directory().newFile();
        }
    }

    /**
     * Reads the next piece, at most one byte over the limit. Small pieces cost system calls, and large ones delay
     * concurrent readers: each is at least as long as all before, until the buffer is full.
     */
    private static int fill(InputStream body, byte[] buffer, SpoolWriter writer) throws IOException {
        int min = (int) Math.max(1, Math.min(BUFFER_BYTES, writer.size()));
        int filled = 0;
        while (filled < min && filled <= writer.remaining()) {
            int length = (int) Math.min(BUFFER_BYTES - filled - 1L, writer.remaining() - filled) + 1;
            int read = body.read(buffer, filled, length);
            if (read < 0) {
                break;
            }
            filled += read;
            writer.checkRate(filled);
        }
        return filled;
    }

    /** Removes the directories of dead processes below the root; returns the number of files removed. */
    public int sweep() throws IOException {
        return sweep.run();
    }

    /** Removes the directory and its files. */
    @Override
    public synchronized void close() throws IOException {
        if (directory != null) {
            directory.close();
            directory = null;
        }
    }
}
