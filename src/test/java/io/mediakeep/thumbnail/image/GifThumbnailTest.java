package io.mediakeep.thumbnail.image;

import static io.mediakeep.thumbnail.RendererFixture.animated;
import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static io.mediakeep.thumbnail.SyntheticImages.BLUE;
import static io.mediakeep.thumbnail.SyntheticImages.GREEN;
import static io.mediakeep.thumbnail.SyntheticImages.NOTHING;
import static io.mediakeep.thumbnail.SyntheticImages.RED;
import static io.mediakeep.thumbnail.SyntheticImages.YELLOW;
import static io.mediakeep.thumbnail.SyntheticImages.assertColour;
import static io.mediakeep.thumbnail.SyntheticImages.assertQuadrants;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.thumbnail.RenderResult;
import io.mediakeep.thumbnail.RendererFixture;
import io.mediakeep.thumbnail.SyntheticImages;
import io.mediakeep.thumbnail.ThumbnailSettings;
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

    private final RendererFixture renderer = new RendererFixture();

    @AfterEach
    void close() {
        renderer.close();
    }

    @Test
    void aGifOfOneFrameBecomesPng() throws IOException {
        byte[] file = TestImageFiles.file("gif", SyntheticImages.quadrants(300, 300));
        RenderResult.Rendered rendered = renderer.rendered(file, scale(96, 96));
        assertThat(rendered.contentType()).isEqualTo("image/png");
        assertQuadrants(RendererFixture.decode(rendered), 2, RED, GREEN, BLUE, YELLOW);
        assertThat(renderer.render(file, scale(320, 320))).isEqualTo(new RenderResult.Original("image/gif", 300, 300));
    }

    @Test
    void uncoveredPixelsAreTransparent() throws IOException {
        byte[] file =
                new TestGif(200, 200).frame(0, 0, 100, 100, 0, 0, LEAVE, OPAQUE).file();
        assertQuadrants(renderer.image(file, scale(96, 96)), 0, RED, NOTHING, NOTHING, NOTHING);
        assertQuadrants(renderer.image(file, crop(96, 96)), 0, RED, NOTHING, NOTHING, NOTHING);
    }

    @Test
    void aFrameBeyondTheCanvasIsCropped() throws IOException {
        byte[] file = new TestGif(200, 200)
                .frame(100, 100, 200, 200, 2, 0, LEAVE, OPAQUE)
                .file();
        assertQuadrants(renderer.image(file, scale(96, 96)), 0, NOTHING, NOTHING, NOTHING, BLUE);
    }

    @Test
    void theCanvasIsEnlargedToTheFirstFrame() throws IOException {
        byte[] file = new TestGif(200, 200)
                .frame(100, 100, 400, 200, 2, 0, LEAVE, OPAQUE)
                .frame(0, 0, 200, 200, 0, 0, LEAVE, OPAQUE)
                .file();
        assertThat(renderer.render(file, animated(640, 480)))
                .isEqualTo(new RenderResult.Original("image/gif", 400, 200));
        assertQuadrants(renderer.image(file, scale(96, 96)), 0, BLUE, BLUE, BLUE, BLUE);
        DecodedGif seen =
                DecodedGif.of(renderer.rendered(file, animated(96, 96)).bytes());
        assertQuadrants(seen.frames().get(1), 2, RED, BLUE, RED, BLUE);
    }

    @Test
    void inGif87aTheCanvasIsTheFirstFrame() {
        byte[] file = new TestGif(400, 400)
                .frame(100, 100, 300, 200, 2, 0, LEAVE, OPAQUE)
                .file();
        file[4] = '7';
        assertThat(renderer.render(file, scale(640, 480))).isEqualTo(new RenderResult.Original("image/gif", 300, 200));
    }

    @Test
    void anAnimationKeepsItsDelays() throws IOException {
        byte[] file = new TestGif(200, 200)
                .looping(7)
                .frame(0, 0, 200, 200, 0, 5, LEAVE, OPAQUE)
                .frame(100, 0, 100, 100, 1, 10, LEAVE, OPAQUE)
                .frame(0, 100, 100, 100, 2, 15, LEAVE, OPAQUE)
                .file();
        RenderResult.Rendered rendered = renderer.rendered(file, animated(96, 96));
        assertThat(rendered.contentType()).isEqualTo("image/gif");
        DecodedGif seen = DecodedGif.of(rendered.bytes());
        assertThat(seen.loops()).isEqualTo(7);
        assertThat(seen.delays()).containsExactly(5, 10, 15);
        assertQuadrants(seen.frames().get(0), 2, RED, RED, RED, RED);
        assertQuadrants(seen.frames().get(1), 2, RED, GREEN, RED, RED);
        assertQuadrants(seen.frames().get(2), 2, RED, GREEN, BLUE, RED);
    }

    @Test
    void disposalMethodsAreApplied() throws IOException {
        byte[] file = new TestGif(200, 200)
                .frame(0, 0, 200, 200, 0, 5, LEAVE, OPAQUE)
                .frame(100, 0, 100, 100, 1, 5, BRING_BACK, OPAQUE)
                .frame(0, 100, 100, 100, 2, 5, CLEAR, OPAQUE)
                .frame(100, 100, 100, 100, 3, 5, LEAVE, OPAQUE)
                .file();
        DecodedGif seen =
                DecodedGif.of(renderer.rendered(file, animated(96, 96)).bytes());
        assertQuadrants(seen.frames().get(1), 2, RED, GREEN, RED, RED);
        assertQuadrants(seen.frames().get(2), 2, RED, RED, BLUE, RED);
        assertQuadrants(seen.frames().get(3), 2, RED, RED, NOTHING, YELLOW);
        assertThat(seen.loops()).as("says nothing about being played again").isEqualTo(-1);
    }

    /** Browsers treat 4, which some encoders write, as 3. */
    @ParameterizedTest
    @ValueSource(ints = {BRING_BACK, 4})
    void theCanvasBeforeSeveralFramesIsRestored(int disposal) throws IOException {
        byte[] file = new TestGif(200, 200)
                .frame(0, 0, 100, 100, 0, 5, disposal, OPAQUE)
                .frame(100, 0, 300, 100, 1, 5, disposal, OPAQUE)
                .frame(0, 100, 100, 300, 2, 5, LEAVE, OPAQUE)
                .file();
        DecodedGif seen =
                DecodedGif.of(renderer.rendered(file, animated(96, 96)).bytes());
        assertQuadrants(seen.frames().get(0), 2, RED, NOTHING, NOTHING, NOTHING);
        assertQuadrants(seen.frames().get(1), 2, NOTHING, GREEN, NOTHING, NOTHING);
        assertQuadrants(seen.frames().get(2), 2, NOTHING, NOTHING, BLUE, NOTHING);
    }

    @Test
    void aTransparentFrameShowsTheCanvas() throws IOException {
        byte[] file = new TestGif(200, 200)
                .frame(0, 0, 200, 200, 0, 5, LEAVE, OPAQUE)
                .frame(0, 0, 200, 200, 1, 5, LEAVE, 1)
                .file();
        DecodedGif seen =
                DecodedGif.of(renderer.rendered(file, animated(96, 96)).bytes());
        assertColour(seen.frames().get(1).getRGB(50, 50), RED, 2, "the second frame");
    }

    @Test
    void anAnimationHasAStaticThumbnailOnRequest() throws IOException {
        byte[] file = new TestGif(200, 200)
                .frame(0, 0, 200, 200, 3, 5, LEAVE, OPAQUE)
                .frame(0, 0, 200, 200, 1, 5, LEAVE, OPAQUE)
                .file();
        assertThat(renderer.rendered(file, scale(96, 96)).contentType()).isEqualTo("image/png");
        RenderResult.Rendered asLarge = renderer.rendered(file, scale(320, 320));
        assertThat(asLarge.width()).isEqualTo(200);
        assertQuadrants(RendererFixture.decode(asLarge), 0, YELLOW, YELLOW, YELLOW, YELLOW);
        assertThat(renderer.render(file, animated(320, 320))).isInstanceOf(RenderResult.Original.class);
    }

    @Test
    void anAnimationOfTooManyFramesBecomesStatic() {
        TestGif gif = new TestGif(100, 100);
        for (int i = 0; i < 20_000; i++) {
            gif.frame(0, 0, 2, 2, 1, 1, LEAVE, OPAQUE);
        }
        assertThat(renderer.rendered(gif.file(), animated(32, 32)).contentType())
                .isEqualTo("image/png");
    }

    @Test
    void anAnimationOfTooManyPixelsBecomesStatic() {
        TestGif gif = new TestGif(100, 100);
        for (int i = 0; i < 100; i++) {
            gif.frame(0, 0, 2, 2, 1, 1, LEAVE, OPAQUE);
        }
        ThumbnailSettings few = new ThumbnailSettings(java.util.List.of(32), 1, 999_999, 1_000_000, 1);
        try (RendererFixture small = new RendererFixture(few)) {
            assertThat(small.rendered(gif.file(), animated(32, 32)).contentType())
                    .isEqualTo("image/png");
        }
        assertThat(renderer.rendered(gif.file(), animated(32, 32)).contentType())
                .isEqualTo("image/gif");
    }

    @Test
    void anAnimationThatTakesTooLongBecomesStatic() {
        TestGif gif = new TestGif(200, 200);
        for (int i = 0; i < 400; i++) {
            gif.frame(0, 0, 200, 200, 1, 1, LEAVE, OPAQUE);
        }
        try (RendererFixture timeLimited =
                new RendererFixture(ThumbnailSettings.DEFAULTS, 96 << 20, Duration.ofMillis(500))) {
            timeLimited.render(
                    new TestGif(200, 200)
                            .frame(0, 0, 200, 200, 1, 1, LEAVE, OPAQUE)
                            .file(),
                    scale(32, 32));
            assertThat(timeLimited.rendered(gif.file(), animated(32, 32)).contentType())
                    .isEqualTo("image/png");
        }
    }

    @Test
    void aLongCommentCostsNothing() {
        byte[] file = new TestGif(200, 200)
                .comment(20_000_000)
                .frame(0, 0, 200, 200, 3, 5, LEAVE, OPAQUE)
                .file();
        assertThat(renderer.rendered(file, scale(96, 96)).contentType()).isEqualTo("image/png");
    }
}
