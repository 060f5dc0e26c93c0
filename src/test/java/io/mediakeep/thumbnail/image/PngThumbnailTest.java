package io.mediakeep.thumbnail.image;

import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static io.mediakeep.thumbnail.SyntheticImages.BLUE;
import static io.mediakeep.thumbnail.SyntheticImages.GREEN;
import static io.mediakeep.thumbnail.SyntheticImages.NOTHING;
import static io.mediakeep.thumbnail.SyntheticImages.RED;
import static io.mediakeep.thumbnail.SyntheticImages.YELLOW;
import static io.mediakeep.thumbnail.SyntheticImages.assertQuadrants;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.thumbnail.RenderResult;
import io.mediakeep.thumbnail.RendererFixture;
import io.mediakeep.thumbnail.SyntheticImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngThumbnailTest {
    /** The tolerance for rounding, and for JPEG where a drawing is encoded as one. */
    private static final int TOLERANCE = 6;

    private static final int SIZE = 200;
    private static final int PALETTE = 3;

    private final RendererFixture renderer = new RendererFixture();

    @AfterEach
    void close() {
        renderer.close();
    }

    /** Every colour type with every depth that it may have, with and without interlacing. */
    @ParameterizedTest
    @CsvSource({
        "0,1", "0,2", "0,4", "0,8", "0,16", "2,8", "2,16", "3,1", "3,2", "3,4", "3,8", "4,8", "4,16", "6,8", "6,16"
    })
    void everyColourTypeAndDepthIsDecoded(int colourType, int bitDepth) throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            TestPng png = new TestPng(SIZE, bitDepth, colourType, interlaced);
            BufferedImage seen = renderer.image(png.file(), scale(96, 96));
            assertQuadrants(seen, TOLERANCE, png.shownColours());
            assertQuadrants(renderer.image(png.file(), crop(96, 40)), TOLERANCE, png.shownColours());
        }
    }

    /** One colour, or some entries of the palette, can be transparent. */
    @ParameterizedTest
    @CsvSource({"0,1", "0,2", "0,4", "0,8", "0,16", "2,8", "2,16", "3,1", "3,4", "3,8"})
    void theTransparentColourIsApplied(int colourType, int bitDepth) throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            TestPng png = new TestPng(SIZE, bitDepth, colourType, interlaced).withTransparentFirstColour();
            RenderResult.Rendered rendered = renderer.rendered(png.file(), scale(96, 96));
            assertThat(rendered.contentType()).isEqualTo("image/png");
            assertQuadrants(RendererFixture.decode(rendered), TOLERANCE, png.shownColours());
        }
    }

    @Test
    void alphaIsPreserved() throws IOException {
        int half = 0x80ff8000;
        byte[] file = TestImageFiles.file("png", SyntheticImages.quadrants(400, 400, RED, half, NOTHING, BLUE));
        RenderResult.Rendered rendered = renderer.rendered(file, scale(96, 96));
        assertThat(rendered.contentType()).isEqualTo("image/png");
        assertQuadrants(RendererFixture.decode(rendered), 2, RED, half, NOTHING, BLUE);
    }

    /** Transparent pixels have a colour too, which must not bleed into visible ones. */
    @Test
    void transparentPixelsDoNotBleed() throws IOException {
        int unseenGreen = 0x0000ff00;
        byte[] file = TestImageFiles.file(
                "png", SyntheticImages.of(300, 300, (x, y) -> (x + y) % 2 == 0 ? RED : unseenGreen));
        BufferedImage seen = renderer.image(file, scale(96, 96));
        for (int i = 10; i < 80; i += 7) {
            SyntheticImages.assertColour(seen.getRGB(i, i) | 0xff000000, RED, 4, "a pixel");
            assertThat(seen.getRGB(i, i) >>> 24).isBetween(110, 145);
        }
    }

    @Test
    void photographsBecomeJpegAndDrawingsStayPng() throws IOException {
        assertThat(renderer.rendered(TestImageFiles.file("png", SyntheticImages.photo(400, 300)), scale(320, 240))
                        .contentType())
                .isEqualTo("image/jpeg");
        assertThat(renderer.rendered(TestImageFiles.file("png", SyntheticImages.quadrants(400, 300)), scale(320, 240))
                        .contentType())
                .isEqualTo("image/png");
    }

    @Test
    void anAnimationIsNotServedAsAStaticThumbnail() throws IOException {
        TestPng png = new TestPng(SIZE, 8, 2, false);
        byte[] animated = png.fileWith(TestImageFiles.chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0}));
        assertThat(renderer.render(animated, RendererFixture.animated(320, 320)))
                .isInstanceOf(RenderResult.Original.class);
        assertQuadrants(renderer.image(animated, scale(320, 320)), TOLERANCE, RED, GREEN, BLUE, YELLOW);
    }

    @Test
    void exifOrientationIsApplied() throws IOException {
        byte[] file = new TestPng(SIZE, 8, 2, false).fileWith(TestImageFiles.chunk("eXIf", TestImageFiles.exif(3)));
        assertQuadrants(renderer.image(file, scale(96, 96)), TOLERANCE, YELLOW, BLUE, GREEN, RED);
    }

    @Test
    void aTruncatedImageIsRejected() throws IOException {
        byte[] file = new TestPng(SIZE, 16, 6, false).file();
        assertThat(renderer.rejectionStatus(java.util.Arrays.copyOf(file, file.length - 200), scale(96, 96)))
                .isEqualTo(400);
    }

    @Test
    void missingPaletteEntriesAreBlack() throws IOException {
        byte[] rows = new byte[100 * 101];
        java.util.Arrays.fill(rows, (byte) 9);
        for (int y = 0; y < 100; y++) {
            rows[y * 101] = 0;
        }
        byte[] file = TestImageFiles.png(
                TestImageFiles.header(100, 100, 8, PALETTE, false),
                TestImageFiles.chunk("PLTE", new byte[] {1, 2, 3}),
                TestImageFiles.chunk("IDAT", TestImageFiles.deflated(rows)),
                TestImageFiles.chunk("IEND", new byte[0]));
        BufferedImage seen = renderer.image(file, scale(32, 32));
        assertQuadrants(seen, 0, 0xff000000, 0xff000000, 0xff000000, 0xff000000);
    }
}
