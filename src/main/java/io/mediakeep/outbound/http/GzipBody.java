package io.mediakeep.outbound.http;

import io.mediakeep.concurrent.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Decodes one layer of gzip (RFC 1952). The deadline and the compression ratio are checked for each buffer of
 * compressed bytes, also when it yields no output: a stream of empty blocks never does.
 *
 * <p>{@link java.util.zip.GZIPInputStream} is not used because it recurses for each further member of a stream, so that
 * many empty ones overflow the stack. Only the first member is decoded, as in browsers.
 */
final class GzipBody extends InflaterInputStream {
    /** So many more compressed bytes than decoded ones are permitted; no encoder comes near. */
    static final long MAX_OVERHEAD = 64 * 1024;

    /** Beyond the first mebibyte, so many decoded bytes per compressed byte are permitted; text reaches 20 at most. */
    static final long MAX_RATIO = 100;

    private static final long RATIO_COUNTS_FROM = 1024 * 1024;
    private static final int BUFFER = 8 * 1024;
    private static final int TRAILER = 8;

    private final Deadline deadline;
    private final CRC32 checksum = new CRC32();
    private boolean started;
    private boolean ended;
    private boolean truncated;
    private boolean closed;

    /** A decoder that has not read anything. */
    GzipBody(InputStream compressed, Deadline deadline) {
        super(compressed, new Inflater(true), BUFFER);
        this.deadline = deadline;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the body was closed before its end");
        }
        if (!started) {
            started = true;
            ended = !GzipHeader.skip(in); // some servers declare gzip for an empty body
        }
        int read = ended ? -1 : inflate(buffer, offset, length);
        if (read > 0) {
            checksum.update(buffer, offset, read);
            checkRatio();
        } else if (read < 0 && !ended) {
            ended = true;
            if (!truncated) {
                checkTrailer();
            }
        }
        return read;
    }

    /** A truncated stream ends with what was decoded, as in browsers; a broken connection fails all the same. */
    private int inflate(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (EOFException truncatedStream) {
            truncated = true;
            return -1;
        }
    }

    @Override
    protected void fill() throws IOException {
        if (deadline.passed()) {
            throw new IOException("the deadline passed while the body was decompressed");
        }
        if (inf.getBytesRead() > inf.getBytesWritten() + MAX_OVERHEAD) {
            throw new ZipException("compressed to more than its size");
        }
        super.fill();
    }

    private void checkRatio() throws IOException {
        long decoded = inf.getBytesWritten();
        if (decoded > RATIO_COUNTS_FROM && decoded / MAX_RATIO > inf.getBytesRead()) {
            throw new ZipException("compressed to less than a hundredth of its size");
        }
    }

    private void checkTrailer() throws IOException {
        byte[] trailer = new byte[TRAILER];
        int known = Math.min(inf.getRemaining(), TRAILER);
        System.arraycopy(buf, len - inf.getRemaining(), trailer, 0, known);
        if (known + in.readNBytes(trailer, known, TRAILER - known) < TRAILER) {
            return;
        }
        if (number(trailer, 0) != checksum.getValue() || number(trailer, 4) != (inf.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new ZipException("the compressed body is corrupt");
        }
        in.read(); // the end of the body, so that its connection can be reused
    }

    private static long number(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFFL)
                | (bytes[offset + 1] & 0xFFL) << 8
                | (bytes[offset + 2] & 0xFFL) << 16
                | (bytes[offset + 3] & 0xFFL) << 24;
    }

    /** Frees the native memory of the inflater; the compressed stream is not closed. */
    @Override
    public synchronized void close() {
        closed = true;
        inf.end();
    }
}
