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

    private static final byte[] NONE = {};

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
        if (wanted == 0) {
            return 0;
        }
        if (streamPos >= length) {
            return -1;
        }
        Part part = partAt(streamPos);
        int skip = (int) Math.min(Integer.MAX_VALUE, streamPos - part.start);
        int most = (int) Math.min(wanted, part.start + part.length - streamPos);
        int got = most;
        if (part.own.length > 0) {
            System.arraycopy(part.own, skip, bytes, offset, most);
        } else {
            source.seek(part.sourceStart + streamPos - part.start);
            got = source.read(bytes, offset, most);
        }
        streamPos += Math.max(0, got);
        return got;
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
