package io.mediakeep.thumbnail.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a stored picture must be turned to stand upright (Exif 2.3, tag 274), in the order of its numbers from 1. */
public enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    UPSIDE_DOWN_MIRRORED,
    LYING_LEFT_MIRRORED,
    LYING_LEFT,
    LYING_RIGHT_MIRRORED,
    LYING_RIGHT;

    private static final int TIFF_HEADER = 8;
    private static final int TIFF_MAGIC = 42;
    private static final int ENTRY = 12;
    private static final int TAG = 274;
    private static final int SHORT = 3;

    /** Whether width and height change places. */
    public boolean swapsSides() {
        return compareTo(LYING_LEFT_MIRRORED) >= 0;
    }

    /**
     * What Exif data (a TIFF file) say. Where they say nothing, or nonsense, the picture stands upright. Only the entries
     * of the first directory are looked at, and nothing is kept: a reader of all entries would keep values that overlap
     * in the file, many times its size.
     */
    static Orientation inExif(byte[] tiff) {
        if (tiff.length < TIFF_HEADER) {
            return UPRIGHT;
        }
        ByteBuffer data = ByteBuffer.wrap(tiff).order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = data.getInt(4);
        if (data.getShort(2) != TIFF_MAGIC || directory < TIFF_HEADER || directory > tiff.length - Short.BYTES) {
            return UPRIGHT;
        }
        int entries = data.getShort(directory) & 0xffff;
        int first = directory + Short.BYTES;
        for (int at = first; at < first + ENTRY * entries && at <= tiff.length - ENTRY; at += ENTRY) {
            if (data.getShort(at) == TAG && data.getShort(at + 2) == SHORT) {
                return of(data.getShort(at + 8));
            }
        }
        return UPRIGHT;
    }

    private static Orientation of(int number) {
        return number >= 1 && number <= values().length ? values()[number - 1] : UPRIGHT;
    }
}
