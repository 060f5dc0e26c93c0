package io.mediakeep.thumbnail.draw;

import io.mediakeep.thumbnail.picture.Samples;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

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
                new BufferedImage(width, height, opaque ? BufferedImage.TYPE_3BYTE_BGR : BufferedImage.TYPE_4BYTE_ABGR);
        byte[] stored = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int step = samples.bytes();
        int green = samples == Samples.GRAY ? 0 : 1;
        int to = 0;
        for (int at = 0; at < bytes.length; at += step) {
            if (!opaque) {
                stored[to++] = bytes[at + 3];
            }
            stored[to++] = bytes[at + 2 * green];
            stored[to++] = bytes[at + green];
            stored[to++] = bytes[at];
        }
        return image;
    }
}
