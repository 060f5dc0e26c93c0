package io.mediakeep.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures as tests draw them. */
public final class Pictures {
    private Pictures() {}

    /** A PNG of four coloured quadrants. Pictures of the same size but another seed have other bytes. */
    public static byte[] png(int width, int height, int seed) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int quadrant = (x < width / 2 ? 0xff0000 : 0x00ff00) ^ (y < height / 2 ? 0 : 0x0000ff);
                picture.setRGB(x, y, quadrant ^ (seed & 0x3f) ^ ((x * 7 + y * 13) & 0x0f));
            }
        }
        return encoded(picture, "png");
    }

    /** A picture in a format that ImageIO writes. */
    public static byte[] encoded(BufferedImage picture, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** The width and height of a picture, as in "96x96". */
    public static String size(byte[] picture) {
        try {
            BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(picture));
            return decoded.getWidth() + "x" + decoded.getHeight();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
