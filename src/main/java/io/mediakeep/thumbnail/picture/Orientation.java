package io.mediakeep.thumbnail.picture;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;

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

    /** Whether width and height change places. */
    public boolean swapsSides() {
        return compareTo(LYING_LEFT_MIRRORED) >= 0;
    }

    /** What Exif data (a TIFF file) says. Where it says nothing, or nonsense, the picture stands upright. */
    static Orientation inExif(byte[] tiff) {
        try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(tiff)) {
            Entry entry = new TIFFReader().read(stream).getEntryById(TIFF.TAG_ORIENTATION);
            if (entry != null && entry.getValue() instanceof Number number) {
                int index = number.intValue() - 1;
                return index >= 0 && index < values().length ? values()[index] : UPRIGHT;
            }
            return UPRIGHT;
        } catch (IOException | RuntimeException nonsense) {
            return UPRIGHT;
        }
    }
}
