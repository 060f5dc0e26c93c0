package io.mediakeep.thumbnail.picture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A stream made of parts of another, and of some bytes of our own. A decoder gets to see only what it needs to draw:
 * what it never sees can neither fill the memory nor lead it astray.
 */
final class Patchwork extends ImageInputStreamImpl {
    private static final int MAX_PARTS = 10_000;
    private static final byte[] NONE = {};

    private final ImageInputStream source;
    private final List<Part> parts = new ArrayList<>();
    private long length;
    private int current;

    /** Nothing yet, to be made of parts of this. */
    Patchwork(ImageInputStream source) {
        this.source = source;
    }

    /** A stretch of this stream: from the source, or our own bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(long start, long length, long sourceStart, byte[] own) {}

    /** Adds bytes of our own. */
    Patchwork add(byte[] own) {
        parts.add(new Part(length, own.length, 0, own));
        length += own.length;
        return this;
    }

    /**
     * Adds a part of the source.
     *
     * @throws BrokenPictureException when there are more parts than a picture has
     */
    Patchwork add(long from, long to) throws BrokenPictureException {
        if (parts.size() == MAX_PARTS) {
            throw new BrokenPictureException("too many parts");
        }
        parts.add(new Part(length, to - from, from, NONE));
        length += to - from;
        return this;
    }

    /** All of its bytes. */
    byte[] bytes() throws IOException {
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
        return done == 0 && wanted > 0 ? -1 : done; // all that was wanted: numbers are read in one go
    }

    private int readPart(Part part, byte[] bytes, int offset, int wanted) throws IOException {
        long skip = streamPos - part.start;
        int most = (int) Math.min(wanted, part.length - skip);
        if (part.own.length > 0) {
            System.arraycopy(part.own, (int) skip, bytes, offset, most);
            return most;
        }
        source.seek(part.sourceStart + skip);
        return source.read(bytes, offset, most);
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
