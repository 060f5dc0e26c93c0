package io.mediakeep.thumbnail.picture;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** The bits of a lossless WebP stream, the least significant bit of each byte first (RFC 9649, section 3.1). */
final class LosslessBits {
    private final ImageInputStream in;
    private long bytesLeft;
    private long held;
    private int count;

    /** The bits of so many bytes from where the stream stands, which nobody else moves meanwhile. */
    LosslessBits(ImageInputStream in, long bytes) {
        this.in = in;
        this.bytesLeft = bytes;
    }

    /**
     * The number in the next bits.
     *
     * @param bits how many, 0 to 24
     * @throws BrokenPictureException when there are fewer
     */
    int read(int bits) throws IOException {
        while (count < bits) {
            if (bytesLeft-- <= 0) {
                throw new BrokenPictureException("a lossless WebP picture that was cut off");
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
