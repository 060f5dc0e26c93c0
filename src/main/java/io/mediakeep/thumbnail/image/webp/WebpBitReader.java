package io.mediakeep.thumbnail.image.webp;

import io.mediakeep.thumbnail.image.CorruptImageException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** Reads bits of a lossless WebP stream, least significant bit first (RFC 9649, section 3.1). */
final class WebpBitReader {
    private final ImageInputStream in;
    private long bytesLeft;
    private long held;
    private int count;

    /** A reader of so many bytes from the position of the stream, which must not be moved meanwhile. */
    WebpBitReader(ImageInputStream in, long bytes) {
        this.in = in;
        this.bytesLeft = bytes;
    }

    /**
     * The number in the next bits.
     *
     * @param bits how many, 0 to 24
     * @throws CorruptImageException when there are fewer
     */
    int read(int bits) throws IOException {
        while (count < bits) {
            if (bytesLeft-- <= 0) {
                throw new CorruptImageException("a truncated lossless WebP image");
            }
            held |= (long) in.readUnsignedByte() << count;
            count += 8;
        }
        int number = (int) (held & ((1L << bits) - 1));
        held >>>= bits;
        count -= bits;
        return number;
    }
}
