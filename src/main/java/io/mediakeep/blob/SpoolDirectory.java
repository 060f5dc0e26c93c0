package io.mediakeep.blob;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.persistence.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A folder of our own below a root that any number of processes share, in which bytes are received. It is locked for
 * as long as it is open, so that others can tell it from what a dead process left behind.
 */
public final class SpoolDirectory implements Closeable {
    private final SpoolFolder folder;
    private final SpoolSweep sweep;
    private final InstantSource clock;

    private SpoolDirectory(SpoolFolder folder, SpoolSweep sweep, InstantSource clock) {
        this.folder = folder;
        this.sweep = sweep;
        this.clock = clock;
    }

    /** Makes a folder below the root, which is made too if need be. */
    public static SpoolDirectory open(Path root) throws IOException {
        return open(root, InstantSource.system());
    }

    /** As {@link #open(Path)}, with a clock that tells slow senders and abandoned folders. */
    public static SpoolDirectory open(Path root, InstantSource clock) throws IOException {
        PrivateFiles.makeFolder(root);
        return new SpoolDirectory(SpoolFolder.create(root), new SpoolSweep(root, clock), clock);
    }

    /**
     * Receives the body to its end and forces it to disk. Any failure leaves no file.
     *
     * @throws MatrixException when the body is longer than {@code maxBytes}, as soon as that is known, or comes too
     *     slowly
     */
    public Spool receive(InputStream body, long maxBytes) throws IOException {
        return receive(body, maxBytes, Growth.UNWATCHED);
    }

    /** As {@link #receive(InputStream, long)}; what has come can be read before the rest has. */
    public Spool receive(InputStream body, long maxBytes, Growth growth) throws IOException {
        Path file = folder.newFile();
        try {
            growth.began(file);
            return new Reception(body, maxBytes, new MinimumRate(clock), growth).into(file);
        } catch (IOException | RuntimeException | Error failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    /** Removes what processes that are no more left behind below the root; answers the number of files removed. */
    public int sweep() throws IOException {
        return sweep.run();
    }

    /** Removes the folder and what is in it. */
    @Override
    public void close() throws IOException {
        folder.close();
    }
}
