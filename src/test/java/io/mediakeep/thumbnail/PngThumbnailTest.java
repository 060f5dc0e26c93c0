package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.Easel.crop;
import static io.mediakeep.thumbnail.Easel.scale;
import static io.mediakeep.thumbnail.Sketch.BLUE;
import static io.mediakeep.thumbnail.Sketch.GREEN;
import static io.mediakeep.thumbnail.Sketch.NOTHING;
import static io.mediakeep.thumbnail.Sketch.RED;
import static io.mediakeep.thumbnail.Sketch.YELLOW;
import static io.mediakeep.thumbnail.Sketch.assertQuadrants;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngThumbnailTest {
    /** What rounding may change; what JPEG may, where a drawing becomes one. */
    private static final int TOLERANCE = 6;

    private static final int SIZE = 200;
    private static final int PALETTE = 3;

    private final Easel easel = new Easel();

    @AfterEach
    void close() {
        easel.close();
    }

    /** Every colour type with every depth that it may have, with and without interlacing. */
    @ParameterizedTest
    @CsvSource({
        "0,1", "0,2", "0,4", "0,8", "0,16", "2,8", "2,16", "3,1", "3,2", "3,4", "3,8", "4,8", "4,16", "6,8", "6,16"
    })
    void everyKindIsRead(int colourType, int bitDepth) throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            TestPng png = new TestPng(SIZE, bitDepth, colourType, interlaced);
            BufferedImage seen = easel.seen(png.file(), scale(96, 96));
            assertQuadrants(seen, TOLERANCE, png.shownColours());
            assertQuadrants(easel.seen(png.file(), crop(96, 40)), TOLERANCE, png.shownColours());
        }
    }

    /** One colour, or some entries of the palette, can be transparent. */
    @ParameterizedTest
    @CsvSource({"0,1", "0,2", "0,4", "0,8", "0,16", "2,8", "2,16", "3,1", "3,4", "3,8"})
    void theTransparentColourIsTransparent(int colourType, int bitDepth) throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            TestPng png = new TestPng(SIZE, bitDepth, colourType, interlaced).withTransparentFirstColour();
            Drawing.Drawn drawn = easel.drawn(png.file(), scale(96, 96));
            assertThat(drawn.contentType()).isEqualTo("image/png");
            assertQuadrants(Easel.look(drawn), TOLERANCE, png.shownColours());
        }
    }

    @Test
    void alphaSurvives() throws IOException {
        int half = 0x80ff8000;
        byte[] file = Encoded.file("png", Sketch.quadrants(400, 400, RED, half, NOTHING, BLUE));
        Drawing.Drawn drawn = easel.drawn(file, scale(96, 96));
        assertThat(drawn.contentType()).isEqualTo("image/png");
        assertQuadrants(Easel.look(drawn), 2, RED, half, NOTHING, BLUE);
    }

    /** What cannot be seen has a colour all the same, which must not bleed into what can be seen. */
    @Test
    void transparentPixelsDoNotBleed() throws IOException {
        int unseenGreen = 0x0000ff00;
        byte[] file = Encoded.file("png", Sketch.of(300, 300, (x, y) -> (x + y) % 2 == 0 ? RED : unseenGreen));
        BufferedImage seen = easel.seen(file, scale(96, 96));
        for (int i = 10; i < 80; i += 7) {
            Sketch.assertColour(seen.getRGB(i, i) | 0xff000000, RED, 4, "a pixel");
            assertThat(seen.getRGB(i, i) >>> 24).isBetween(110, 145);
        }
    }

    @Test
    void photographsBecomeJpegAndDrawingsStayPng() throws IOException {
        assertThat(easel.drawn(Encoded.file("png", Sketch.photo(400, 300)), scale(320, 240))
                        .contentType())
                .isEqualTo("image/jpeg");
        assertThat(easel.drawn(Encoded.file("png", Sketch.quadrants(400, 300)), scale(320, 240))
                        .contentType())
                .isEqualTo("image/png");
    }

    @Test
    void anAnimatedOneIsNotServedWhereAStillIsWanted() throws IOException {
        TestPng png = new TestPng(SIZE, 8, 2, false);
        byte[] moving = png.fileWith(Encoded.chunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0}));
        assertThat(easel.draw(moving, Easel.moving(320, 320))).isInstanceOf(Drawing.Original.class);
        assertQuadrants(easel.seen(moving, scale(320, 320)), TOLERANCE, RED, GREEN, BLUE, YELLOW);
    }

    @Test
    void standsUpright() throws IOException {
        byte[] file = new TestPng(SIZE, 8, 2, false).fileWith(Encoded.chunk("eXIf", Encoded.exif(3)));
        assertQuadrants(easel.seen(file, scale(96, 96)), TOLERANCE, YELLOW, BLUE, GREEN, RED);
    }

    @Test
    void oneThatWasCutOffIsRefused() throws IOException {
        byte[] file = new TestPng(SIZE, 16, 6, false).file();
        assertThat(easel.refusal(java.util.Arrays.copyOf(file, file.length - 200), scale(96, 96)))
                .isEqualTo(400);
    }

    @Test
    void paletteEntriesThatAreNotThereAreBlack() throws IOException {
        byte[] rows = new byte[100 * 101];
        java.util.Arrays.fill(rows, (byte) 9);
        for (int y = 0; y < 100; y++) {
            rows[y * 101] = 0;
        }
        byte[] file = Encoded.png(
                Encoded.header(100, 100, 8, PALETTE, false),
                Encoded.chunk("PLTE", new byte[] {1, 2, 3}),
                Encoded.chunk("IDAT", Encoded.deflated(rows)),
                Encoded.chunk("IEND", new byte[0]));
        BufferedImage seen = easel.seen(file, scale(32, 32));
        assertQuadrants(seen, 0, 0xff000000, 0xff000000, 0xff000000, 0xff000000);
    }
}
