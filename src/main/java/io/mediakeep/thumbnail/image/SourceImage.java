package io.mediakeep.thumbnail.image;

import java.awt.Rectangle;
import java.io.IOException;
import java.util.Optional;

/** An image file whose header is parsed; no pixel is decoded yet. */
public interface SourceImage {
    /** The maximum size of an ICC profile: the largest in use have about 2 MiB. */
    int MAX_PROFILE_BYTES = 4 * 1024 * 1024;

    /** The file format. */
    ImageFormat format();

    /** In pixels, as stored. */
    int width();

    /** In pixels, as stored. */
    int height();

    /** The number of pixels that are decoded to render it; more than it has where a frame is larger than the canvas. */
    default long decodedPixels() {
        return (long) width() * height();
    }

    /** The format of the pixels. */
    PixelFormat samples();

    /** Whether it is animated. */
    default boolean animated() {
        return false;
    }

    /** Its orientation. */
    default Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    /** The maximum size of its ICC profile in bytes, up to {@link #MAX_PROFILE_BYTES}; 0 for none. */
    default long profileBytes() {
        return 0;
    }

    /**
     * The ICC profile, if there is one; not validated.
     *
     * @throws IOException when the file cannot be read
     */
    default Optional<byte[]> profile() throws IOException {
        return Optional.empty();
    }

    /**
     * The memory, in bytes, that reading it takes at most, without the profile.
     *
     * @param subsampling 1 for every pixel, 2 for every second one of every second row, and so on
     */
    long bytesToRead(int subsampling);

    /**
     * Reads a region.
     *
     * @param region in pixels as stored
     * @param subsampling as for {@link #bytesToRead}
     * @param reduction the factor by which the result is going to be reduced, at least 1: small differences may be lost
     * @throws IOException when the file is corrupt or cannot be read
     */
    void read(Rectangle region, int subsampling, double reduction, RowConsumer rows) throws IOException;
}
