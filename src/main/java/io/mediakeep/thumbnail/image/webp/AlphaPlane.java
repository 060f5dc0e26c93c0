package io.mediakeep.thumbnail.image.webp;

import io.mediakeep.thumbnail.image.CorruptImageException;

/** The alpha of each pixel of a lossy WebP image (RFC 9649, section 2.7.1.2). */
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
     * A plane of one byte for each pixel, unfiltered in place.
     *
     * @param filter the filtering method, 0 to 3
     */
    static AlphaPlane of(int width, int height, byte[] bytes, int filter) throws CorruptImageException {
        if (bytes.length < (long) width * height) {
            throw new CorruptImageException("a truncated alpha plane");
        }
        AlphaPlane plane = new AlphaPlane(width, bytes);
        for (int at = 0; filter != NONE && at < width * height; at++) {
            bytes[at] += (byte) plane.predicted(at % width, at / width, filter);
        }
        return plane;
    }

    /** The alpha of a pixel. */
    byte at(int x, int y) {
        return bytes[y * width + x];
    }

    /** The first pixel has no predictor; others in the first row or column have their neighbour. */
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
