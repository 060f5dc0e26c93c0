package io.mediakeep.blob.database;

import io.mediakeep.blob.DamagedBlobException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/** A range of a blob as a stream. It holds at most one chunk, and reads only those that it needs. */
final class ChunkStream extends InputStream {
    private static final byte[] NONE = {};

    private final IntFunction<Optional<byte[]>> chunks;
    private final ChunkLayout layout;
    private final long end;
    private long position;
    private byte[] chunk = NONE;

    /**
     * A stream from an offset on, of at most {@code length} bytes.
     *
     * @param chunks returns the chunk of a number
     * @throws IllegalArgumentException when a number is negative
     */
    ChunkStream(IntFunction<Optional<byte[]>> chunks, ChunkLayout layout, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("a range cannot be negative");
        }
        this.chunks = chunks;
        this.layout = layout;
        this.position = offset;
        this.end = layout.endOf(offset, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, bytes.length);
        if (count == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        int from = layout.withinChunk(position);
        if (chunk.length == 0) {
            chunk = fetch(layout.chunkAt(position));
        }
        int read = (int) Math.min(Math.min(count, chunk.length - from), end - position);
        System.arraycopy(chunk, from, bytes, start, read);
        position += read;
        if (from + read == chunk.length || position == end) {
            chunk = NONE; // a slow reader must not hold memory for what it has read
        }
        return read;
    }

    private byte[] fetch(int seq) throws IOException {
        byte[] fetched = chunks.apply(seq).orElse(NONE);
        if (fetched.length != layout.lengthOf(seq)) {
            throw new DamagedBlobException("chunk " + seq + " is lost or damaged");
        }
        return fetched;
    }

    @Override
    public void close() {
        chunk = NONE;
    }
}
