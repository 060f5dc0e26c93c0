package io.mediakeep.thumbnail.picture;

/** How much each pixel of a lossy WebP picture covers (RFC 9649, section 2.7.1.2). */
final class AlphaPlane {
    private static final int NONE = 0;
    private static final int HORIZONTAL = 1;
    private static final int VERTICAL = 2;

    private final int width;
    private final byte[] bytes;

    private AlphaPlane(int width, byte[] bytes) {
        this.width = width;
        this.bytes = bytes;
    }

    /**
     * A plane of one byte for each pixel, which is changed.
     *
     * @param filter how values were made differences to predictions, 0 to 3
     */
    static AlphaPlane of(int width, int height, byte[] bytes, int filter) throws BrokenPictureException {
        if (bytes.length < (long) width * height) {
            throw new BrokenPictureException("a plane of alpha that was cut off");
        }
        AlphaPlane plane = new AlphaPlane(width, bytes);
        for (int at = 0; filter != NONE && at < width * height; at++) {
            bytes[at] += (byte) plane.predicted(at % width, at / width, filter);
        }
        return plane;
    }

    /** How much a pixel covers. */
    byte at(int x, int y) {
        return bytes[y * width + x];
    }

    /** The first pixel of all is not predicted, others in the first row or column by the one next to them. */
    private int predicted(int x, int y, int filter) {
        if (x == 0 && y == 0) {
            return 0;
        }
        if (y == 0 || (x > 0 && filter == HORIZONTAL)) {
            return value(x - 1, y);
        }
        if (x == 0 || filter == VERTICAL) {
            return value(x, y - 1);
        }
        return Math.max(0, Math.min(255, value(x - 1, y) + value(x, y - 1) - value(x - 1, y - 1)));
    }

    private int value(int x, int y) {
        return at(x, y) & 0xff;
    }
}
