package io.mediakeep.thumbnail.picture;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.Optional;

/** A picture file that has been taken apart, though no pixel has been decoded. */
public interface Picture {
    /** Most bytes of a colour profile that is believed: the largest in use have about 2 MiB. */
    int MAX_PROFILE_BYTES = 4 * 1024 * 1024;

    /** What kind of file it is. */
    PictureFormat format();

    /** Pixels from left to right, as they are stored. */
    int width();

    /** Pixels from top to bottom, as they are stored. */
    int height();

    /** How many pixels are decoded to draw it; more than it has where a frame is larger than the canvas. */
    default long decodedPixels() {
        return (long) width() * height();
    }

    /** What the pixels are. */
    Samples samples();

    /** Whether it moves. */
    default boolean animated() {
        return false;
    }

    /** How it must be turned to stand upright. */
    default Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    /** How many bytes the ICC profile of its colours has at most, up to {@link #MAX_PROFILE_BYTES}; 0 for none. */
    default long profileBytes() {
        return 0;
    }

    /**
     * Reads the ICC profile of its colours, if there is one; nobody has looked whether it makes sense.
     *
     * @throws IOException when the bytes of the file cannot be read
     */
    default Optional<byte[]> profile() throws IOException {
        return Optional.empty();
    }

    /**
     * How much memory, in bytes, reading it takes at most, the profile not counted.
     *
     * @param skip 1 for every pixel, 2 for every second one of every second row, and so on
     */
    long bytesToRead(int skip);

    /**
     * Reads a part of it.
     *
     * @param part in pixels as they are stored
     * @param skip as for {@link #bytesToRead}
     * @param smaller how many times smaller the result will be drawn, at least 1: small differences may be lost then
     * @throws IOException when the file is broken, or its bytes cannot be read
     */
    void read(Rectangle part, int skip, double smaller, Rows rows) throws IOException;
}
