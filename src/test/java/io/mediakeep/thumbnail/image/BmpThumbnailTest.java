package io.mediakeep.thumbnail.image;

import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static io.mediakeep.thumbnail.SyntheticImages.BLUE;
import static io.mediakeep.thumbnail.SyntheticImages.GREEN;
import static io.mediakeep.thumbnail.SyntheticImages.RED;
import static io.mediakeep.thumbnail.SyntheticImages.YELLOW;
import static io.mediakeep.thumbnail.SyntheticImages.assertQuadrants;
import static io.mediakeep.thumbnail.image.BmpFile.RLE4;
import static io.mediakeep.thumbnail.image.BmpFile.RLE8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.thumbnail.RenderResult;
import io.mediakeep.thumbnail.RendererFixture;
import io.mediakeep.thumbnail.SyntheticImages;
import io.mediakeep.thumbnail.ThumbnailSettings;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BmpThumbnailTest {
    private final RendererFixture renderer = new RendererFixture();

    @AfterEach
    void close() {
        renderer.close();
    }

    /** The colours of a small image, rendered in its own size: a line for each row. */
    private String seen(byte[] file) throws IOException {
        BufferedImage image = renderer.image(file, scale(32, 32));
        StringBuilder colours = new StringBuilder();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.append(
                        switch (image.getRGB(x, y)) {
                            case YELLOW -> '0';
                            case RED -> '1';
                            case GREEN -> '2';
                            case BLUE -> '3';
                            default -> '?';
                        });
            }
            colours.append(' ');
        }
        return colours.toString().strip();
    }

    @Test
    void isConvertedAndNeverServedAsItIs() throws IOException {
        BufferedImage image = SyntheticImages.quadrants(200, 200);
        assertQuadrants(renderer.image(TestImageFiles.file("bmp", image), scale(96, 96)), 2, RED, GREEN, BLUE, YELLOW);
        RenderResult.Rendered asLarge = renderer.rendered(TestImageFiles.file("bmp", image), scale(320, 320));
        assertThat(asLarge.contentType()).isEqualTo("image/png");
        assertThat(asLarge.width()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void thePaletteIsUsed(int bits) throws IOException {
        byte[] reds = Arrays.copyOf(new byte[] {0, (byte) 0xe0}, 1 << bits);
        byte[] blues = Arrays.copyOf(new byte[] {(byte) 0xe0, 0}, 1 << bits);
        BufferedImage image = new BufferedImage(
                200,
                200,
                bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY,
                new IndexColorModel(bits, 1 << bits, reds, new byte[1 << bits], blues));
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 200; x++) {
                image.getRaster().setSample(x, y, 0, x < 100 ? 1 : 0);
            }
        }
        assertQuadrants(renderer.image(TestImageFiles.file("bmp", image), crop(96, 96)), 2, RED, BLUE, RED, BLUE);
    }

    /** OS/2 1 (12 bytes), OS/2 2 (any of 16 to 64), and Windows; all with fewer colours than the depth permits. */
    @ParameterizedTest
    @ValueSource(ints = {12, 16, 20, 24, 36, 40, 48, 52, 56, 60, 64, 108, 124})
    void headersOfAllLengthsAndShortPalettesAreAccepted(int headerSize) throws IOException {
        BmpFile file = new BmpFile().add(0, 1, 2, 3).add(3, 2, 1, 0);
        assertThat(seen(file.file(headerSize, 4, 2, 0))).isEqualTo("3210 0123");
    }

    @Test
    void coloursThatThePaletteLacksAreBlack() throws IOException {
        BufferedImage image = renderer.image(new BmpFile().add(0, 4, 255, 3).file(16, 4, 1, 0), scale(32, 32));
        assertThat(image.getRGB(1, 0)).isEqualTo(0xff000000);
        assertThat(image.getRGB(2, 0)).isEqualTo(0xff000000);
        assertThat(image.getRGB(3, 0)).isEqualTo(BLUE);
    }

    @Test
    void runLengthsAreDecoded() throws IOException {
        byte[] eight =
                new BmpFile().add(2, 1, 0, 3, 2, 3, 2, 0, 0, 0).add(5, 3, 0, 1).file(5, 2, RLE8);
        assertThat(seen(eight)).isEqualTo("33333 11232");
        byte[] four = new BmpFile()
                .add(5, 0x12, 0, 0)
                .add(0, 5, 0x12, 0x31, 0x20, 0, 0, 0, 0, 1)
                .file(5, 2, RLE4);
        assertThat(seen(four)).isEqualTo("12312 12121");
    }

    @Test
    void runsEndAtTheEndOfALine() throws IOException {
        byte[] eight = new BmpFile()
                .add(255, 1, 7, 2, 0, 0)
                .add(3, 2, 0, 5, 3, 3, 3, 3, 3, 0, 4, 1, 0, 0)
                .add(4, 3, 0, 1)
                .file(4, 3, RLE8);
        assertThat(seen(eight)).isEqualTo("3333 2223 1111");
        byte[] four = new BmpFile()
                .add(2, 0x11, 0, 7, 0x23, 0x23, 0x23, 0x20, 9, 0x33, 0, 0)
                .add(255, 0x13, 0, 1)
                .file(5, 2, RLE4);
        assertThat(seen(four)).isEqualTo("13131 11232");
    }

    @Test
    void uncoveredPixelsHaveTheFirstColour() throws IOException {
        byte[] shortLines = new BmpFile().add(2, 1, 0, 0, 0, 0, 1, 2, 0, 1).file(4, 4, RLE8);
        assertThat(seen(shortLines)).isEqualTo("0000 2000 0000 1100");
    }

    @Test
    void deltasMoveRightAndUp() throws IOException {
        byte[] within = new BmpFile()
                .add(1, 1, 0, 2, 2, 0, 1, 2, 0, 0)
                .add(1, 1, 0, 2, 1, 2, 2, 3, 0, 1)
                .file(4, 4, RLE8);
        assertThat(seen(within)).isEqualTo("0033 0000 1000 1002");
    }

    /** The JDK's decoder writes pixels past the end of a line into the next one. */
    @Test
    void pixelsAfterADeltaPastTheEndOfALineAreDroppedUntilTheNextEndOfLine() throws IOException {
        byte[] eight = new BmpFile()
                .add(4, 1, 0, 0)
                .times(1000, 0, 2, 255, 0, 3, 2)
                .add(0, 5, 2, 2, 2, 2, 2, 0, 0, 0, 4, 3)
                .file(4, 3, RLE8);
        assertThat(seen(eight)).isEqualTo("3333 0000 1111");
        byte[] four = new BmpFile()
                .add(1, 0x10, 0, 2, 3, 0, 9, 0x23, 0, 3, 0x22, 0x20, 0, 0)
                .add(0, 2, 3, 0, 3, 0x23, 0, 0, 0, 3, 0x12, 0x30)
                .file(5, 3, RLE4);
        assertThat(seen(four)).isEqualTo("12300 00023 10002");
    }

    @Test
    void aDeltaPastTheEndOfALineAndUpStaysPastTheEnd() throws IOException {
        byte[] file = new BmpFile().add(0, 2, 200, 1, 3, 2, 0, 0, 1, 3, 0, 1).file(4, 3, RLE8);
        assertThat(seen(file)).isEqualTo("3000 0000 0000");
    }

    @Test
    void nothingIsReadAfterADeltaPastTheLastLine() throws IOException {
        byte[] up = new BmpFile().add(4, 0x11, 0, 2, 0, 255, 4, 2).file(4, 2, RLE4);
        assertThat(seen(up)).isEqualTo("0000 1111");
        byte[] rightAndUp =
                new BmpFile().add(4, 1, 0, 2, 255, 2, 4, 2, 0, 0, 4, 3).file(4, 2, RLE8);
        assertThat(seen(rightAndUp)).isEqualTo("0000 1111");
    }

    @Test
    void linesAboveTheImageAreIgnored() throws IOException {
        assertThat(seen(new BmpFile().times(100, 4, 1, 0, 0).file(4, 2, RLE8))).isEqualTo("1111 1111");
    }

    @Test
    void aTruncatedImageIsRendered() throws IOException {
        for (int[] end : new int[][] {{}, {4}, {0}, {0, 2}, {0, 2, 1}, {0, 4}, {4, 2, 0, 0}}) {
            byte[] file = new BmpFile().add(4, 1, 0, 0).add(end).file(4, 3, RLE8);
            assertThat(seen(file)).isEqualTo(end.length == 4 ? "0000 2222 1111" : "0000 0000 1111");
        }
        byte[] literal = new BmpFile().add(0, 4, 1, 2).file(4, 1, RLE8);
        assertThat(seen(literal)).isEqualTo("1200");
    }

    @Test
    void aNegativeHeightMeansTopDown() throws IOException {
        assertThat(seen(new BmpFile().add(2, 1, 0, 0, 2, 2, 0, 1).file(2, -2, RLE8)))
                .isEqualTo("11 22");
    }

    /** More pixels than the budget has bytes. */
    @Test
    void largeImagesAreSubsampled() throws IOException {
        int half = 8 * 200;
        BmpFile file = new BmpFile();
        for (int y = 0; y < 2 * half; y++) {
            file.times(8, 200, y < half ? 3 : 1).times(8, 200, y < half ? 0 : 2).add(0, 0);
        }
        try (RendererFixture small =
                new RendererFixture(ThumbnailSettings.DEFAULTS, 24 << 20, Duration.ofSeconds(10))) {
            byte[] large = file.file(2 * half, 2 * half, RLE8);
            assertQuadrants(small.image(large, scale(96, 96)), 0, RED, GREEN, BLUE, YELLOW);
            assertQuadrants(small.image(large, crop(96, 32)), 0, RED, GREEN, BLUE, YELLOW);
        }
    }
}
