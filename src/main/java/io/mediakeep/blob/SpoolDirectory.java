package io.mediakeep.blob;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.persistence.PrivateFiles;
import io.mediakeep.storage.FreeSpace;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * A folder of our own below a root that any number of processes share, in which bytes are received. It is locked for
 * as long as it is open, so that others can tell it from what a dead process left behind.
 */
public final class SpoolDirectory implements Closeable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    private final Path root;
    private final SpoolSweep sweep;
    private final InstantSource clock;
    private final FreeSpace space;
    private LockedSpoolDirectory folder;

    private SpoolDirectory(
            Path root, LockedSpoolDirectory folder, SpoolSweep sweep, InstantSource clock, FreeSpace space) {
        this.root = root;
        this.folder = folder;
        this.sweep = sweep;
        this.clock = clock;
        this.space = space;
    }

    /** Makes a folder below the root, which is made too if need be. */
    public static SpoolDirectory open(Path root) throws IOException {
        return open(root, FreeSpace.UNLIMITED);
    }

    /**
     * As {@link #open(Path)}. The rate of senders is measured by {@link System#nanoTime}: setting the system's clock makes
     * nobody slow.
     *
     * @param space where what is received is kept
     */
    public static SpoolDirectory open(Path root, FreeSpace space) throws IOException {
        return open(root, InstantSource.system(), () -> Instant.EPOCH.plusNanos(System.nanoTime()), space);
    }

    /** As {@link #open(Path)}, with a clock that tells slow senders and abandoned folders. */
    public static SpoolDirectory open(Path root, InstantSource clock) throws IOException {
        return open(root, clock, clock, FreeSpace.UNLIMITED);
    }

    private static SpoolDirectory open(Path root, InstantSource wall, InstantSource rates, FreeSpace space)
            throws IOException {
        PrivateFiles.makeFolder(root);
        return new SpoolDirectory(root, LockedSpoolDirectory.create(root), new SpoolSweep(root, wall), rates, space);
    }

    /** The room for what is received and kept. */
    public FreeSpace space() {
        return space;
    }

    /**
     * Receives the body to its end and forces it to disk. Any failure leaves no file.
     *
     * @throws MatrixException when the body is longer than {@code maxBytes}, as soon as that is known, comes too slowly, or
     *     uses up the room that is left
     */
    public Spool receive(InputStream body, long maxBytes) throws IOException {
        return receive(body, maxBytes, SpoolListener.UNWATCHED);
    }

    /** As {@link #receive(InputStream, long)}; what has come can be read before the rest has. */
    public Spool receive(InputStream body, long maxBytes, SpoolListener growth) throws IOException {
        try (SpoolWriter writer = writer(maxBytes, growth)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int filled = fill(body, buffer, writer); filled > 0; filled = fill(body, buffer, writer)) {
                writer.write(ByteBuffer.wrap(buffer, 0, filled));
            }
            return writer.finish();
        }
    }

    /**
     * Receives a body without a thread that waits for it; what the body brings is written on the threads of its
     * publisher. Completes when it is forced to disk, and fails as {@link #receive(InputStream, long)} does, or as the
     * publisher does; any failure leaves no file.
     */
    public CompletionStage<Spool> receive(Flow.Publisher<ByteBuffer> body, long maxBytes) throws IOException {
        SpoolSubscriber subscriber = new SpoolSubscriber(writer(maxBytes, SpoolListener.UNWATCHED));
        body.subscribe(subscriber);
        return subscriber.spool();
    }

    private SpoolWriter writer(long maxBytes, SpoolListener growth) throws IOException {
        Path file = newFile();
        try {
            return SpoolWriter.open(file, maxBytes, new MinimumRate(clock), growth, space);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    /**
     * A file in our folder. That is gone when its file system is not mounted any more; when only the folder is gone, as
     * where another node took it for abandoned, it is made anew.
     *
     * @throws MatrixException 503 when the root is gone too
     */
    private synchronized Path newFile() throws IOException {
        try {
            return folder.newFile();
        } catch (NoSuchFileException gone) {
            if (!Files.isDirectory(root)) {
                throw MatrixException.unavailable("Uploads cannot be received at the moment", TRY_AGAIN);
            }
            folder.close();
            folder = LockedSpoolDirectory.create(root);
            return folder.newFile();
        }
    }

    /**
     * Reads the next piece, never more than one byte over the limit. Small pieces cost everybody time, and large ones
     * delay concurrent readers: each is at least as long as all before, until the buffer is full.
     */
    private static int fill(InputStream body, byte[] buffer, SpoolWriter writer) throws IOException {
        int enough = (int) Math.max(1, Math.min(BUFFER_BYTES, writer.size()));
        int filled = 0;
        while (filled < enough && filled <= writer.left()) {
            int wanted = (int) Math.min(BUFFER_BYTES - filled - 1L, writer.left() - filled) + 1;
            int got = body.read(buffer, filled, wanted);
            if (got < 0) {
                break;
            }
            filled += got;
            writer.checkRate(filled);
        }
        return filled;
    }

    /** Removes what processes that are no more left behind below the root; answers the number of files removed. */
    public int sweep() throws IOException {
        return sweep.run();
    }

    /** Removes the folder and what is in it. */
    @Override
    public synchronized void close() throws IOException {
        folder.close();
    }
}
