package io.mediakeep.thumbnail.draw;

import io.mediakeep.thumbnail.picture.Samples;
import java.awt.image.BufferedImage;

/**
 * A small picture.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bytes of the pixels, from row to row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Pixels(int width, int height, Samples samples, byte[] bytes) {

    /** Whether nothing can be seen through it. */
    public boolean opaque() {
        if (samples != Samples.RGBA) {
            return true;
        }
        for (int i = 3; i < bytes.length; i += samples.bytes()) {
            if (bytes[i] != (byte) 255) {
                return false;
            }
        }
        return true;
    }

    /** The picture for Java's own tools; inks must have been turned into colours before. */
    public BufferedImage image() {
        boolean opaque = opaque();
        BufferedImage image =
                new BufferedImage(width, height, opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        int[] row = new int[width];
        int step = samples.bytes();
        int green = samples == Samples.GRAY ? 0 : 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * step;
                int alpha = opaque ? 255 : bytes[at + 3] & 0xff;
                row[x] = (alpha << 24)
                        | ((bytes[at] & 0xff) << 16)
                        | ((bytes[at + green] & 0xff) << 8)
                        | (bytes[at + 2 * green] & 0xff);
            }
            image.getRaster().setDataElements(0, y, width, 1, row);
        }
        return image;
    }
}
