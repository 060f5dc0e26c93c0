package io.mediakeep.blob;

import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The receiving of one body into a file. It holds one buffer, whatever the size of the body. */
final class Reception {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream body;
    private final long maxBytes;
    private final MinimumRate rate;
    private final Growth growth;
    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long size;

    Reception(InputStream body, long maxBytes, MinimumRate rate, Growth growth) {
        this.body = body;
        this.maxBytes = maxBytes;
        this.rate = rate;
        this.growth = growth;
    }

    /** Receives to the end into an existing file and forces it to disk. */
    Spool into(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int filled = fill(); filled > 0; filled = fill()) {
                digest.update(buffer, 0, filled);
                write(channel, ByteBuffer.wrap(buffer, 0, filled));
                growth.grew(size);
            }
            growth.ended();
            channel.force(true);
        }
        return new Spool(file, size, new BlobId(HexFormat.of().formatHex(digest.digest())));
    }

    /**
     * Reads the next piece, never more than one byte over the limit. Small pieces cost everybody time, and large ones
     * keep who reads along waiting: each is at least as long as all before, until the buffer is full.
     */
    private int fill() throws IOException {
        int enough = (int) Math.max(1, Math.min(BUFFER_BYTES, size));
        int filled = 0;
        while (filled < enough) {
            int wanted = (int) Math.min(BUFFER_BYTES - filled - 1L, maxBytes - size) + 1;
            int got = body.read(buffer, filled, wanted);
            if (got < 0) {
                break;
            }
            filled += got;
            size += got;
            if (size > maxBytes) {
                throw MatrixException.tooLarge(maxBytes);
            }
            rate.check(size);
        }
        return filled;
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
