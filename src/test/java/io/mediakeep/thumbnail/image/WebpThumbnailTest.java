package io.mediakeep.thumbnail.image;

import static io.mediakeep.thumbnail.RendererFixture.animated;
import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static io.mediakeep.thumbnail.SyntheticImages.NOTHING;
import static io.mediakeep.thumbnail.SyntheticImages.assertQuadrants;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.thumbnail.RenderResult;
import io.mediakeep.thumbnail.RendererFixture;
import io.mediakeep.thumbnail.ThumbnailSpec;
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

    private final RendererFixture renderer = new RendererFixture();

    @AfterEach
    void close() {
        renderer.close();
    }

    @Test
    void webpIsDecoded() throws IOException {
        for (byte[] file : new byte[][] {TestImageFiles.WEBP_LOSSY, TestImageFiles.WEBP_LOSSLESS}) {
            BufferedImage seen = renderer.image(file, scale(32, 32));
            assertThat(seen.getHeight()).isEqualTo(24);
            assertQuadrants(seen, TOLERANCE, FULL_RED, FULL_GREEN, FULL_BLUE, FULL_YELLOW);
            assertThat(renderer.render(file, scale(96, 96))).isEqualTo(new RenderResult.Original("image/webp", 64, 48));
        }
    }

    @Test
    void alphaIsPreserved() throws IOException {
        for (byte[] file : new byte[][] {TestImageFiles.WEBP_LOSSY_ALPHA, TestImageFiles.WEBP_LOSSLESS_ALPHA}) {
            RenderResult.Rendered rendered = renderer.rendered(file, crop(32, 32));
            assertThat(rendered.contentType()).isEqualTo("image/png");
            assertQuadrants(RendererFixture.decode(rendered), TOLERANCE, FULL_RED, FULL_GREEN, FULL_BLUE, NOTHING);
        }
    }

    @Test
    void theFirstFrameOfAnAnimationIsRendered() throws IOException {
        byte[] file = TestImageFiles.WEBP_ANIMATED;
        for (ThumbnailSpec spec : new ThumbnailSpec[] {scale(32, 32), animated(32, 32), scale(96, 96)}) {
            assertQuadrants(renderer.image(file, spec), TOLERANCE, FULL_RED, FULL_GREEN, FULL_BLUE, NOTHING);
        }
        assertThat(renderer.render(file, animated(96, 96))).isInstanceOf(RenderResult.Original.class);
    }
}
