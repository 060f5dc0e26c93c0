package io.mediakeep.blob;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Sha256;
import io.mediakeep.storage.FreeSpace;
import io.mediakeep.storage.StorageFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Writes a spool file, and computes its size and SHA-256. It has no buffer. Closing it before {@link #finish} removes
 * the file. Not safe for concurrent use.
 */
final class SpoolWriter implements Closeable {
    /**
     * The JDK copies what it writes through a direct buffer of the same size, which it caches for each thread up to
     * this size.
     */
    private static final int PIECE_BYTES = 64 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final long maxBytes;
    private final MinimumRate rate;
    private final SpoolListener listener;
    private final FreeSpace space;
    private final MessageDigest digest = Sha256.newDigest();
    private long size;
    private boolean finished;

    private SpoolWriter(
            Path file, FileChannel channel, long maxBytes, MinimumRate rate, SpoolListener listener, FreeSpace space) {
        this.file = file;
        this.channel = channel;
        this.maxBytes = maxBytes;
        this.rate = rate;
        this.listener = listener;
        this.space = space;
    }

    /** Opens an existing, empty file for at most {@code maxBytes}. */
    @SuppressWarnings("resource") // closed with the writer
    static SpoolWriter open(Path file, long maxBytes, MinimumRate rate, SpoolListener listener, FreeSpace space)
            throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        listener.onStart(file);
        return new SpoolWriter(file, channel, maxBytes, rate, listener, space);
    }

    /** The number of bytes written, in bytes. */
    long size() {
        return size;
    }

    /** How many more bytes may be written. */
    long remaining() {
        return maxBytes - size;
    }

    /**
     * Writes what remains in a buffer.
     *
     * @throws MatrixException 413 when that is more than may be written, 408 when the body is too slow, 507 when there
     *     is no space left
     */
    void write(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > remaining()) {
            throw MatrixException.tooLarge(maxBytes);
        }
        checkRate(bytes.remaining());
        space.written(bytes.remaining());
        digest.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            ByteBuffer slice = bytes.slice(bytes.position(), Math.min(bytes.remaining(), PIECE_BYTES));
            int written = writeSlice(slice);
            bytes.position(bytes.position() + written);
            size += written;
        }
        listener.onWrite(size);
    }

    private int writeSlice(ByteBuffer slice) throws IOException {
        try {
            return channel.write(slice);
        } catch (IOException failure) {
            throw StorageFailure.on(file, failure);
        }
    }

    /**
     * Rejects a body that is too slow with 408; {@code unwritten} bytes of it have been received beyond those written.
     */
    void checkRate(int unwritten) {
        rate.check(size + unwritten);
    }

    /** Forces the file to disk; the spool owns it from then on. */
    Spool finish() throws IOException {
        BlobId id = BlobId.of(digest);
        listener.onComplete(id);
        try {
            channel.force(true);
        } catch (IOException failure) {
            throw StorageFailure.on(file, failure);
        }
        finished = true;
        return new Spool(file, size, id);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            Files.deleteIfExists(file);
        }
    }
}
