package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.Easel.crop;
import static io.mediakeep.thumbnail.Easel.moving;
import static io.mediakeep.thumbnail.Easel.scale;
import static io.mediakeep.thumbnail.Sketch.NOTHING;
import static io.mediakeep.thumbnail.Sketch.assertQuadrants;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebpThumbnailTest {
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
}
