package io.mediakeep.outbound.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Skips the header of a gzip stream (RFC 1952, section 2.3), which has no length field. */
final class GzipHeader {
    private static final int MAX_BYTES = 4 * 1024;
    private static final int MAGIC = 0x8B1F;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0b1110_0000;

    private final InputStream in;
    private int remaining = MAX_BYTES;

    private GzipHeader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads up to the compressed data; false when the stream is empty.
     *
     * @throws IOException when it is not a gzip header, or is longer than servers write
     */
    static boolean skip(InputStream in) throws IOException {
        int first = in.read();
        if (first >= 0) {
            new GzipHeader(in).skipAfter(first);
        }
        return first >= 0;
    }

    private void skipAfter(int first) throws IOException {
        if ((first | next() << 8) != MAGIC || next() != DEFLATE) {
            throw new ZipException("not gzip");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("gzip with reserved flags");
        }
        skip(6); // the time, hints, and the operating system
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {}
    }

    private int next() throws IOException {
        int value = remaining-- > 0 ? in.read() : -1;
        if (value < 0) {
            throw new EOFException("the gzip header is truncated or too long");
        }
        return value;
    }
}
