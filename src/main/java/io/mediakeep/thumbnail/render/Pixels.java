package io.mediakeep.thumbnail.render;

import io.mediakeep.thumbnail.image.PixelFormat;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * An uncompressed image in memory.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bytes of the pixels, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Pixels(int width, int height, PixelFormat samples, byte[] bytes) {

    /** Whether every pixel is fully opaque. */
    public boolean opaque() {
        if (samples != PixelFormat.RGBA) {
            return true;
        }
        for (int i = 3; i < bytes.length; i += samples.bytes()) {
            if (bytes[i] != (byte) 255) {
                return false;
            }
        }
        return true;
    }

    /** The same as a {@link BufferedImage}; CMYK must have been converted before. */
    public BufferedImage image() {
        boolean opaque = opaque();
        BufferedImage image =
                new BufferedImage(width, height, opaque ? BufferedImage.TYPE_3BYTE_BGR : BufferedImage.TYPE_4BYTE_ABGR);
        byte[] stored = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int step = samples.bytes();
        int green = samples == PixelFormat.GRAY ? 0 : 1;
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
