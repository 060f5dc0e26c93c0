package io.mediakeep.thumbnail.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The orientation of a stored image (Exif 2.3, tag 274), in the order of the values from 1. */
public enum Orientation {
    UPRIGHT,
    FLIPPED_HORIZONTALLY,
    ROTATED_180,
    FLIPPED_VERTICALLY,
    TRANSPOSED,
    ROTATED_90,
    TRANSVERSED,
    ROTATED_270;

    private static final int TIFF_HEADER = 8;
    private static final int TIFF_MAGIC = 42;
    private static final int ENTRY = 12;
    private static final int TAG = 274;
    private static final int SHORT = 3;

    /** Whether displaying it swaps width and height. */
    public boolean swapsWidthAndHeight() {
        return compareTo(TRANSPOSED) >= 0;
    }

    /**
     * The orientation in Exif data (a TIFF file); {@link #UPRIGHT} where it is missing or invalid. Only the entries of
     * the first directory are read, and none is stored: values that overlap in the file could be many times its size.
     */
    public static Orientation inExif(byte[] tiff) {
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
