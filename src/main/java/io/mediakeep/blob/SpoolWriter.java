package io.mediakeep.blob;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Sha256;
import io.mediakeep.storage.FreeSpace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A spool file that is being written: size and SHA-256 are counted on the way. It holds no buffer. Closing it before
 * {@link #finish} removes the file. Not safe for concurrent use.
 */
final class SpoolWriter implements Closeable {
    /** The JDK copies what it writes through a direct buffer as large, which it keeps for each thread up to this size. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final long maxBytes;
    private final MinimumRate rate;
    private final SpoolListener growth;
    private final FreeSpace space;
    private final MessageDigest digest = Sha256.newDigest();
    private long size;
    private boolean finished;

    private SpoolWriter(
            Path file, FileChannel channel, long maxBytes, MinimumRate rate, SpoolListener growth, FreeSpace space) {
        this.file = file;
        this.channel = channel;
        this.maxBytes = maxBytes;
        this.rate = rate;
        this.growth = growth;
        this.space = space;
    }

    /** Opens an existing, empty file for at most {@code maxBytes}. */
    @SuppressWarnings("resource") // closed with the writer
    static SpoolWriter open(Path file, long maxBytes, MinimumRate rate, SpoolListener growth, FreeSpace space)
            throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        growth.began(file);
        return new SpoolWriter(file, channel, maxBytes, rate, growth, space);
    }

    /** The number of bytes written, in bytes. */
    long size() {
        return size;
    }

    /** How many more bytes may be written. */
    long left() {
        return maxBytes - size;
    }

    /**
     * Writes what remains in a buffer.
     *
     * @throws MatrixException 413 when that is more than may be written, 408 when the body comes too slowly, 507 when room
     *     runs out
     */
    void write(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > left()) {
            throw MatrixException.tooLarge(maxBytes);
        }
        checkRate(bytes.remaining());
        space.written(bytes.remaining());
        digest.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            ByteBuffer piece = bytes.slice(bytes.position(), Math.min(bytes.remaining(), PIECE_BYTES));
            int written = channel.write(piece);
            bytes.position(bytes.position() + written);
            size += written;
        }
        growth.grew(size);
    }

    /** Refuses with 408 when the body is too slow, {@code unwritten} bytes of which have come beyond those written. */
    void checkRate(int unwritten) {
        rate.check(size + unwritten);
    }

    /** Forces the file to disk; it belongs to the spool from then on. */
    Spool finish() throws IOException {
        growth.ended();
        channel.force(true);
        finished = true;
        return new Spool(file, size, BlobId.of(digest));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            Files.deleteIfExists(file);
        }
    }
}
