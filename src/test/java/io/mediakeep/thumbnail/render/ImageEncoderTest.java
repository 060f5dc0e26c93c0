package io.mediakeep.thumbnail.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.thumbnail.SyntheticImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PNG files are about as small as those of Pillow 9.4, whose sizes are constants here. */
class ImageEncoderTest {
    private static final double ABOUT = 1.15;
    private static final int WIDTH = 400;
    private static final int HEIGHT = 300;

    static Stream<Arguments> images() {
        BufferedImage gradient = SyntheticImages.of(WIDTH, HEIGHT, ImageEncoderTest::gradient);
        BufferedImage photo = SyntheticImages.photo(WIDTH, HEIGHT);
        BufferedImage cutOut =
                SyntheticImages.of(WIDTH, HEIGHT, (x, y) -> photo.getRGB(x, y) & 0xffffff | round(x, y) << 24);
        return Stream.of(
                Arguments.of("gradient", gradient, 4772),
                Arguments.of("photo", photo, 234_376),
                Arguments.of("cut out", cutOut, 264_869));
    }

    private static int gradient(int x, int y) {
        return 255 * x / WIDTH << 24
                | 255 * y / HEIGHT << 16
                | 255 * (x + y) / (WIDTH + HEIGHT) << 8
                | 255 - 255 * x / WIDTH;
    }

    private static int round(int x, int y) {
        double rim = 120 - Math.hypot(x - WIDTH / 2.0, y - HEIGHT / 2.0);
        return (int) Math.max(0, Math.min(255, 12 * rim));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void pngIsSmallAndLossless(String name, BufferedImage image, int bytesOfPillow) throws IOException {
        byte[] file = ImageEncoder.png(image);
        assertThat(file.length).isLessThan((int) (ABOUT * bytesOfPillow));
        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(file));
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assertThat(seen.getRGB(x, y)).isEqualTo(image.getRGB(x, y));
            }
        }
    }
}
