package io.mediakeep.thumbnail.image;

import java.awt.Rectangle;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * A decoder of the pixels of a run-length encoded BMP file (RLE4, RLE8). Pixels past the end of a line are dropped until
 * its end-of-line escape, as browsers do; the JDK's decoder writes them into the next line. Pixels that the file does not
 * contain have the index 0.
 */
final class RunLengthDecoder {
    private static final int END_OF_LINE = 0;
    private static final int END_OF_BITMAP = 1;
    private static final int DELTA = 2;

    private final ImageInputStream in;
    private final BmpHeader bmp;
    private final Rectangle region;
    private final int subsampling;
    private final int rowLength;
    private final byte[] indices;
    private int x;
    private int line;

    /**
     * A decoder of a region; its parameters are those of {@link SourceImage#read}.
     *
     * @param in at the first pixel
     */
    RunLengthDecoder(ImageInputStream in, BmpHeader bmp, Rectangle region, int subsampling) {
        this.in = in;
        this.bmp = bmp;
        this.region = region;
        this.subsampling = subsampling;
        this.rowLength = subsampled(region.width);
        this.indices = new byte[Math.multiplyExact(rowLength, subsampled(region.height))];
    }

    private int subsampled(int length) {
        return (length + subsampling - 1) / subsampling;
    }

    /** The number of pixels in a row of the result. */
    int rowLength() {
        return rowLength;
    }

    /** Decodes as much as there is: indices into the palette, row by row from the top. */
    byte[] decode() throws IOException {
        try {
            boolean more = true;
            while (more) {
                more = decodeNext();
            }
        } catch (EOFException end) { // the end-of-bitmap escape is missing
            return indices;
        }
        return indices;
    }

    private boolean decodeNext() throws IOException {
        int count = in.readUnsignedByte();
        int value = in.readUnsignedByte();
        if (count > 0) {
            addPixels(count, value);
            return true;
        }
        switch (value) {
            case END_OF_BITMAP -> line = bmp.rows();
            case END_OF_LINE -> {
                x = 0;
                line++;
            }
            case DELTA -> {
                x = Math.min(bmp.width(), x + in.readUnsignedByte());
                line += in.readUnsignedByte();
            }
            default -> addAbsolute(value);
        }
        return line < bmp.rows();
    }

    /** Pixels that are not repeated, padded to an even number of bytes. */
    private void addAbsolute(int count) throws IOException {
        int pixelsPerByte = 8 / bmp.bits();
        int left = count;
        for (; left > 0; left -= pixelsPerByte) {
            addPixels(Math.min(left, pixelsPerByte), in.readUnsignedByte());
        }
        int bytes = (count + pixelsPerByte - 1) / pixelsPerByte;
        in.skipBytes(bytes % 2);
    }

    /** Pixels with the index or, for RLE4, alternately with both indices in this byte. */
    private void addPixels(int count, int value) {
        int end = Math.min(bmp.width(), x + count);
        for (boolean high = true; x < end; high = !high, x++) {
            int nibble = high ? value >> 4 : value & 0xf;
            store(bmp.bits() == 4 ? nibble : value);
        }
    }

    private void store(int index) {
        int y = bmp.height() < 0 ? line : bmp.rows() - 1 - line;
        int right = x - region.x;
        int down = y - region.y;
        if (region.contains(x, y) && right % subsampling == 0 && down % subsampling == 0) {
            indices[down / subsampling * rowLength + right / subsampling] = (byte) index;
        }
    }
}
