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
 * The one layer of gzip (RFC 1952) that a server may put around a body. The deadline and the ratio of packed to plain
 * bytes are checked for each buffer of packed bytes, whether it yields any output or not: a stream of empty blocks
 * yields none for ever.
 *
 * <p>{@link java.util.zip.GZIPInputStream} is not used because it calls itself for each further member of a stream, so
 * that many empty ones overflow the stack. Here only the first member counts, as in browsers.
 */
final class GzipBody extends InflaterInputStream {
    /** So many more packed bytes than plain ones are read; no encoder comes near. */
    static final long MOST_OVERHEAD = 64 * 1024;

    /** Beyond the first mebibyte, so many plain bytes come of one packed byte; text is packed by 20 at most. */
    static final long HIGHEST_RATIO = 100;

    private static final long RATIO_COUNTS_FROM = 1024 * 1024;
    private static final int BUFFER = 8 * 1024;
    private static final int TRAILER = 8;

    private final Deadline deadline;
    private final CRC32 checksum = new CRC32();
    private boolean begun;
    private boolean ended;
    private boolean cutOff;
    private boolean closed;

    /** Reads nothing yet. */
    GzipBody(InputStream packed, Deadline deadline) {
        super(packed, new Inflater(true), BUFFER);
        this.deadline = deadline;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the body was closed before its end");
        }
        if (!begun) {
            begun = true;
            ended = !GzipHeader.skip(in); // some servers label an empty body
        }
        int read = ended ? -1 : unpack(buffer, offset, length);
        if (read > 0) {
            checksum.update(buffer, offset, read);
            checkRatio();
        } else if (read < 0 && !ended) {
            ended = true;
            if (!cutOff) {
                checkTrailer();
            }
        }
        return read;
    }

    /** Of packed bytes that end too early what came counts, as in browsers; a connection that breaks fails all the same. */
    private int unpack(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (EOFException early) {
            cutOff = true;
            return -1;
        }
    }

    @Override
    protected void fill() throws IOException {
        if (deadline.passed()) {
            throw new IOException("the deadline passed while the body was unpacked");
        }
        if (inf.getBytesRead() > inf.getBytesWritten() + MOST_OVERHEAD) {
            throw new ZipException("packed to more than its size");
        }
        super.fill();
    }

    private void checkRatio() throws IOException {
        long plain = inf.getBytesWritten();
        if (plain > RATIO_COUNTS_FROM && plain / HIGHEST_RATIO > inf.getBytesRead()) {
            throw new ZipException("packed to less than a hundredth of its size");
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
            throw new ZipException("the packed body is damaged");
        }
        in.read(); // the end of the packed bytes, so that their connection can be used again
    }

    private static long number(byte[] bytes, int offset) {
        return (bytes[offset] & 0xFFL)
                | (bytes[offset + 1] & 0xFFL) << 8
                | (bytes[offset + 2] & 0xFFL) << 16
                | (bytes[offset + 3] & 0xFFL) << 24;
    }

    /** Frees the memory of the inflater, which lies outside of the heap; the packed bytes are not closed. */
    @Override
    public synchronized void close() {
        closed = true;
        inf.end();
    }
}
