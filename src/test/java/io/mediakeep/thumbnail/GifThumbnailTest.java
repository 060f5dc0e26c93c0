package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.Easel.crop;
import static io.mediakeep.thumbnail.Easel.moving;
import static io.mediakeep.thumbnail.Easel.scale;
import static io.mediakeep.thumbnail.Sketch.BLUE;
import static io.mediakeep.thumbnail.Sketch.GREEN;
import static io.mediakeep.thumbnail.Sketch.NOTHING;
import static io.mediakeep.thumbnail.Sketch.RED;
import static io.mediakeep.thumbnail.Sketch.YELLOW;
import static io.mediakeep.thumbnail.Sketch.assertColour;
import static io.mediakeep.thumbnail.Sketch.assertQuadrants;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GifThumbnailTest {
    private static final int LEAVE = 1;
    private static final int CLEAR = 2;
    private static final int BRING_BACK = 3;
    private static final int OPAQUE = 4;

    private final Easel easel = new Easel();

    @AfterEach
    void close() {
        easel.close();
    }

    @Test
    void aStillOneBecomesPng() throws IOException {
        byte[] file = Encoded.file("gif", Sketch.quadrants(300, 300));
        Drawing.Drawn drawn = easel.drawn(file, scale(96, 96));
        assertThat(drawn.contentType()).isEqualTo("image/png");
        assertQuadrants(Easel.look(drawn), 2, RED, GREEN, BLUE, YELLOW);
        assertThat(easel.draw(file, scale(320, 320))).isEqualTo(new Drawing.Original("image/gif", 300, 300));
    }

    @Test
    void whereNoFrameLiesNothingIsSeen() throws IOException {
        byte[] file =
                new GifFile(200, 200).frame(0, 0, 100, 100, 0, 0, LEAVE, OPAQUE).file();
        assertQuadrants(easel.seen(file, scale(96, 96)), 0, RED, NOTHING, NOTHING, NOTHING);
        assertQuadrants(easel.seen(file, crop(96, 96)), 0, RED, NOTHING, NOTHING, NOTHING);
    }

    @Test
    void aFrameThatHangsOverTheEdgeIsCut() throws IOException {
        byte[] file = new GifFile(200, 200)
                .frame(100, 100, 200, 200, 2, 0, LEAVE, OPAQUE)
                .file();
        assertQuadrants(easel.seen(file, scale(96, 96)), 0, NOTHING, NOTHING, NOTHING, BLUE);
    }

    @Test
    void theScreenIsTheFirstFrameWhereThatDoesNotFit() throws IOException {
        byte[] file = new GifFile(200, 200)
                .frame(100, 100, 400, 200, 2, 0, LEAVE, OPAQUE)
                .frame(0, 0, 200, 200, 0, 0, LEAVE, OPAQUE)
                .file();
        assertThat(easel.draw(file, moving(640, 480))).isEqualTo(new Drawing.Original("image/gif", 400, 200));
        assertQuadrants(easel.seen(file, scale(96, 96)), 0, BLUE, BLUE, BLUE, BLUE);
        MovingPicture seen = MovingPicture.of(easel.drawn(file, moving(96, 96)).bytes());
        assertQuadrants(seen.frames().get(1), 2, RED, BLUE, RED, BLUE);
    }

    @Test
    void inAFileOf1987TheScreenIsTheFirstFrame() {
        byte[] file = new GifFile(400, 400)
                .frame(100, 100, 300, 200, 2, 0, LEAVE, OPAQUE)
                .file();
        file[4] = '7';
        assertThat(easel.draw(file, scale(640, 480))).isEqualTo(new Drawing.Original("image/gif", 300, 200));
    }

    @Test
    void aMovingOneStaysMovingWithItsTimes() throws IOException {
        byte[] file = new GifFile(200, 200)
                .looping(7)
                .frame(0, 0, 200, 200, 0, 5, LEAVE, OPAQUE)
                .frame(100, 0, 100, 100, 1, 10, LEAVE, OPAQUE)
                .frame(0, 100, 100, 100, 2, 15, LEAVE, OPAQUE)
                .file();
        Drawing.Drawn drawn = easel.drawn(file, moving(96, 96));
        assertThat(drawn.contentType()).isEqualTo("image/gif");
        MovingPicture seen = MovingPicture.of(drawn.bytes());
        assertThat(seen.loops()).isEqualTo(7);
        assertThat(seen.delays()).containsExactly(5, 10, 15);
        assertQuadrants(seen.frames().get(0), 2, RED, RED, RED, RED);
        assertQuadrants(seen.frames().get(1), 2, RED, GREEN, RED, RED);
        assertQuadrants(seen.frames().get(2), 2, RED, GREEN, BLUE, RED);
    }

    @Test
    void framesAreClearedOrBroughtBackAsTheySay() throws IOException {
        byte[] file = new GifFile(200, 200)
                .frame(0, 0, 200, 200, 0, 5, LEAVE, OPAQUE)
                .frame(100, 0, 100, 100, 1, 5, BRING_BACK, OPAQUE)
                .frame(0, 100, 100, 100, 2, 5, CLEAR, OPAQUE)
                .frame(100, 100, 100, 100, 3, 5, LEAVE, OPAQUE)
                .file();
        MovingPicture seen = MovingPicture.of(easel.drawn(file, moving(96, 96)).bytes());
        assertQuadrants(seen.frames().get(1), 2, RED, GREEN, RED, RED);
        assertQuadrants(seen.frames().get(2), 2, RED, RED, BLUE, RED);
        assertQuadrants(seen.frames().get(3), 2, RED, RED, NOTHING, YELLOW);
        assertThat(seen.loops()).as("says nothing about being played again").isEqualTo(-1);
    }

    /** Browsers take 4, which some encoders write, for 3. */
    @ParameterizedTest
    @ValueSource(ints = {BRING_BACK, 4})
    void whatWasThereBeforeSeveralFramesIsBroughtBack(int disposal) throws IOException {
        byte[] file = new GifFile(200, 200)
                .frame(0, 0, 100, 100, 0, 5, disposal, OPAQUE)
                .frame(100, 0, 300, 100, 1, 5, disposal, OPAQUE)
                .frame(0, 100, 100, 300, 2, 5, LEAVE, OPAQUE)
                .file();
        MovingPicture seen = MovingPicture.of(easel.drawn(file, moving(96, 96)).bytes());
        assertQuadrants(seen.frames().get(0), 2, RED, NOTHING, NOTHING, NOTHING);
        assertQuadrants(seen.frames().get(1), 2, NOTHING, GREEN, NOTHING, NOTHING);
        assertQuadrants(seen.frames().get(2), 2, NOTHING, NOTHING, BLUE, NOTHING);
    }

    @Test
    void aTransparentFrameLetsThroughWhatIsBelow() throws IOException {
        byte[] file = new GifFile(200, 200)
                .frame(0, 0, 200, 200, 0, 5, LEAVE, OPAQUE)
                .frame(0, 0, 200, 200, 1, 5, LEAVE, 1)
                .file();
        MovingPicture seen = MovingPicture.of(easel.drawn(file, moving(96, 96)).bytes());
        assertColour(seen.frames().get(1).getRGB(50, 50), RED, 2, "the second frame");
    }

    @Test
    void aMovingOneIsStillWhereThatIsWanted() throws IOException {
        byte[] file = new GifFile(200, 200)
                .frame(0, 0, 200, 200, 3, 5, LEAVE, OPAQUE)
                .frame(0, 0, 200, 200, 1, 5, LEAVE, OPAQUE)
                .file();
        assertThat(easel.drawn(file, scale(96, 96)).contentType()).isEqualTo("image/png");
        Drawing.Drawn asLarge = easel.drawn(file, scale(320, 320));
        assertThat(asLarge.width()).isEqualTo(200);
        assertQuadrants(Easel.look(asLarge), 0, YELLOW, YELLOW, YELLOW, YELLOW);
        assertThat(easel.draw(file, moving(320, 320))).isInstanceOf(Drawing.Original.class);
    }

    @Test
    void oneWithTooManyFramesIsStill() {
        GifFile gif = new GifFile(100, 100);
        for (int i = 0; i < 20_000; i++) {
            gif.frame(0, 0, 2, 2, 1, 1, LEAVE, OPAQUE);
        }
        assertThat(easel.drawn(gif.file(), moving(32, 32)).contentType()).isEqualTo("image/png");
    }

    @Test
    void framesThatTogetherHaveTooManyPixelsAreStill() {
        GifFile gif = new GifFile(100, 100);
        for (int i = 0; i < 100; i++) {
            gif.frame(0, 0, 2, 2, 1, 1, LEAVE, OPAQUE);
        }
        ThumbnailSettings few = new ThumbnailSettings(java.util.List.of(32), 1, 999_999, 1_000_000, 1);
        try (Easel small = new Easel(few)) {
            assertThat(small.drawn(gif.file(), moving(32, 32)).contentType()).isEqualTo("image/png");
        }
        assertThat(easel.drawn(gif.file(), moving(32, 32)).contentType()).isEqualTo("image/gif");
    }

    @Test
    void oneThatTakesTooLongToMoveIsStill() {
        GifFile gif = new GifFile(200, 200);
        for (int i = 0; i < 400; i++) {
            gif.frame(0, 0, 200, 200, 1, 1, LEAVE, OPAQUE);
        }
        try (Easel hasty = new Easel(ThumbnailSettings.DEFAULTS, 96 << 20, Duration.ofMillis(500))) {
            hasty.draw(
                    new GifFile(200, 200)
                            .frame(0, 0, 200, 200, 1, 1, LEAVE, OPAQUE)
                            .file(),
                    scale(32, 32));
            assertThat(hasty.drawn(gif.file(), moving(32, 32)).contentType()).isEqualTo("image/png");
        }
    }

    @Test
    void aLongCommentCostsNothing() {
        byte[] file = new GifFile(200, 200)
                .comment(20_000_000)
                .frame(0, 0, 200, 200, 3, 5, LEAVE, OPAQUE)
                .file();
        assertThat(easel.drawn(file, scale(96, 96)).contentType()).isEqualTo("image/png");
    }
}
