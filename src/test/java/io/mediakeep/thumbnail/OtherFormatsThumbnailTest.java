package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.Easel.crop;
import static io.mediakeep.thumbnail.Easel.moving;
import static io.mediakeep.thumbnail.Easel.scale;
import static io.mediakeep.thumbnail.Sketch.BLUE;
import static io.mediakeep.thumbnail.Sketch.GREEN;
import static io.mediakeep.thumbnail.Sketch.NOTHING;
import static io.mediakeep.thumbnail.Sketch.RED;
import static io.mediakeep.thumbnail.Sketch.YELLOW;
import static io.mediakeep.thumbnail.Sketch.assertQuadrants;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtherFormatsThumbnailTest {
    private static final int TOLERANCE = 12;
    private static final int FULL_RED = 0xffff0000;
    private static final int FULL_GREEN = 0xff00ff00;
    private static final int FULL_BLUE = 0xff0000ff;
    private static final int FULL_YELLOW = 0xffffff00;

    private final Easel easel = new Easel();

    @AfterEach
    void close() {
        easel.close();
    }

    @Test
    void webpIsRead() throws IOException {
        for (byte[] file : new byte[][] {Encoded.WEBP_LOSSY, Encoded.WEBP_LOSSLESS}) {
            BufferedImage seen = easel.seen(file, scale(32, 32));
            assertThat(seen.getHeight()).isEqualTo(24);
            assertQuadrants(seen, TOLERANCE, FULL_RED, FULL_GREEN, FULL_BLUE, FULL_YELLOW);
            assertThat(easel.draw(file, scale(96, 96))).isEqualTo(new Drawing.Original("image/webp", 64, 48));
        }
    }

    @Test
    void webpKeepsItsAlpha() throws IOException {
        for (byte[] file : new byte[][] {Encoded.WEBP_LOSSY_ALPHA, Encoded.WEBP_LOSSLESS_ALPHA}) {
            Drawing.Drawn drawn = easel.drawn(file, crop(32, 32));
            assertThat(drawn.contentType()).isEqualTo("image/png");
            assertQuadrants(Easel.look(drawn), TOLERANCE, FULL_RED, FULL_GREEN, FULL_BLUE, NOTHING);
        }
    }

    @Test
    void ofMovingWebpTheFirstFrameIsSeen() throws IOException {
        byte[] file = Encoded.WEBP_MOVING;
        for (ThumbnailSpec spec : new ThumbnailSpec[] {scale(32, 32), moving(32, 32), scale(96, 96)}) {
            assertQuadrants(easel.seen(file, spec), TOLERANCE, FULL_RED, FULL_GREEN, FULL_BLUE, NOTHING);
        }
        assertThat(easel.draw(file, moving(96, 96))).isInstanceOf(Drawing.Original.class);
    }

    @Test
    void bmpIsReadAndNeverServedAsItIs() throws IOException {
        BufferedImage picture = Sketch.quadrants(200, 200);
        assertQuadrants(easel.seen(Encoded.file("bmp", picture), scale(96, 96)), 2, RED, GREEN, BLUE, YELLOW);
        Drawing.Drawn asLarge = easel.drawn(Encoded.file("bmp", picture), scale(320, 320));
        assertThat(asLarge.contentType()).isEqualTo("image/png");
        assertThat(asLarge.width()).isEqualTo(200);
    }

    @Test
    void bmpWithPaletteIsRead() throws IOException {
        for (int bits : new int[] {1, 4, 8}) {

            byte[] reds = Arrays.copyOf(new byte[] {0, (byte) 0xe0}, 1 << bits);
            byte[] blues = Arrays.copyOf(new byte[] {(byte) 0xe0, 0}, 1 << bits);
            BufferedImage picture = new BufferedImage(
                    200,
                    200,
                    bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY,
                    new IndexColorModel(bits, 1 << bits, reds, new byte[1 << bits], blues));
            for (int y = 0; y < 200; y++) {
                for (int x = 0; x < 200; x++) {
                    picture.getRaster().setSample(x, y, 0, x < 100 ? 1 : 0);
                }
            }
            assertQuadrants(easel.seen(Encoded.file("bmp", picture), crop(96, 96)), 2, RED, BLUE, RED, BLUE);
        }
    }
}
