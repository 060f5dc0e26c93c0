package io.mediakeep.thumbnail.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A stream spliced from ranges of another and inserted bytes, so that a decoder sees only what it needs: what is left
 * out can neither fill the memory nor trigger bugs.
 */
public final class SplicedStream extends ImageInputStreamImpl {
    private static final int MAX_PARTS = 10_000;
    private static final byte[] NONE = {};

    private final ImageInputStream source;
    private final List<Part> parts = new ArrayList<>();
    private long length;
    private int current;

    /** An empty stream, to which ranges of this source are added. */
    public SplicedStream(ImageInputStream source) {
        this.source = source;
    }

    /** A part of this stream: a range of the source, or inserted bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(long start, long length, long sourceStart, byte[] inserted) {}

    /** Appends bytes. */
    public SplicedStream add(byte[] inserted) {
        parts.add(new Part(length, inserted.length, 0, inserted));
        length += inserted.length;
        return this;
    }

    /**
     * Appends a range of the source.
     *
     * @throws CorruptImageException when there are too many parts
     */
    public SplicedStream add(long from, long to) throws CorruptImageException {
        if (parts.size() == MAX_PARTS) {
            throw new CorruptImageException("too many parts");
        }
        parts.add(new Part(length, to - from, from, NONE));
        length += to - from;
        return this;
    }

    /** All bytes. */
    public byte[] bytes() throws IOException {
        byte[] all = new byte[Math.toIntExact(length)];
        seek(0);
        readFully(all);
        return all;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        checkClosed();
        bitOffset = 0;
        int done = 0;
        while (done < wanted && streamPos < length) {
            int got = readPart(partAt(streamPos), bytes, offset + done, wanted - done);
            if (got < 1) {
                break;
            }
            streamPos += got;
            done += got;
        }
        return done == 0 && wanted > 0 ? -1 : done; // reads fully: ImageIO reads numbers in one call
    }

    private int readPart(Part part, byte[] bytes, int offset, int wanted) throws IOException {
        long subsampling = streamPos - part.start;
        int count = (int) Math.min(wanted, part.length - subsampling);
        if (part.inserted.length > 0) {
            System.arraycopy(part.inserted, (int) subsampling, bytes, offset, count);
            return count;
        }
        source.seek(part.sourceStart + subsampling);
        return source.read(bytes, offset, count);
    }

    private Part partAt(long position) {
        while (parts.get(current).start > position) {
            current--;
        }
        while (parts.get(current).start + parts.get(current).length <= position) {
            current++;
        }
        return parts.get(current);
    }
}
