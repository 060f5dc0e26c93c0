package io.mediakeep.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.function.IntBinaryOperator;

/** Pictures that the tests draw themselves. */
final class Sketch {
    static final int RED = 0xffe00000;
    static final int GREEN = 0xff00c000;
    static final int BLUE = 0xff0000e0;
    static final int YELLOW = 0xffe0e000;
    static final int NOTHING = 0x00000000;

    private Sketch() {}

    static BufferedImage of(int width, int height, IntBinaryOperator argb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, argb.applyAsInt(x, y));
            }
        }
        return image;
    }

    /** The same picture without alpha. */
    static BufferedImage opaque(BufferedImage image) {
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                rgb.setRGB(x, y, image.getRGB(x, y));
            }
        }
        return rgb;
    }

    /** Four quadrants of one colour each: top left, top right, bottom left, bottom right. */
    static BufferedImage quadrants(int width, int height, int... colours) {
        return of(width, height, (x, y) -> colours[(2 * x < width ? 0 : 1) + (2 * y < height ? 0 : 2)]);
    }

    static BufferedImage quadrants(int width, int height) {
        return opaque(quadrants(width, height, RED, GREEN, BLUE, YELLOW));
    }

    /** Smooth light, with the grain of a photograph. */
    static BufferedImage photo(int width, int height) {
        Random random = new Random(7);
        return opaque(of(width, height, (x, y) -> {
            int grain = random.nextInt(24);
            int red = (int) (110 + 90 * Math.sin(x / 37.0) * Math.cos(y / 51.0)) + grain;
            int green = (int) (110 + 90 * Math.sin((x + y) / 83.0)) + grain;
            int blue = (int) (110 + 90 * Math.cos(Math.hypot(x - 200, y - 100) / 29.0)) + grain;
            return 0xff000000 | red << 16 | green << 8 | blue;
        }));
    }

    /** Fails unless the middles of the four quadrants have these colours, give or take. */
    static void assertQuadrants(BufferedImage image, int tolerance, int... colours) {
        int width = image.getWidth();
        int height = image.getHeight();
        for (int i = 0; i < 4; i++) {
            int x = (i % 2 == 0 ? width : 3 * width) / 4;
            int y = (i < 2 ? height : 3 * height) / 4;
            assertColour(image.getRGB(x, y), colours[i], tolerance, "quadrant " + i);
        }
    }

    static void assertColour(int actual, int expected, int tolerance, String what) {
        if (expected >>> 24 == 0) {
            assertThat(actual >>> 24).as(what + " is transparent").isZero();
            return;
        }
        for (int shift = 0; shift < 32; shift += 8) {
            assertThat(actual >>> shift & 0xff)
                    .as("%s: %08x for %08x", what, actual, expected)
                    .isBetween((expected >>> shift & 0xff) - tolerance, (expected >>> shift & 0xff) + tolerance);
        }
    }
}
