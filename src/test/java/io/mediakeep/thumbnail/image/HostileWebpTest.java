package io.mediakeep.thumbnail.image;

import static io.mediakeep.thumbnail.RendererFixture.animated;
import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.LosslessWebp;
import io.mediakeep.thumbnail.RendererFixture;
import io.mediakeep.thumbnail.ThumbnailSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostileWebpTest {
    private static final int BUDGET = 96 << 20;
    private static final int MAX_GROUPS = 65_536;
    private static final int GREEN = 200;

    private final RendererFixture renderer =
            new RendererFixture(ThumbnailSettings.DEFAULTS, BUDGET, Duration.ofSeconds(10));

    @AfterEach
    void close() {
        renderer.close();
    }

    /** Each group takes five tables of codes: 350 MB, for a file of 460 KB. */
    @Test
    void tablesOfCodesCountAsMemory() throws IOException {
        byte[] many = LosslessWebp.image(40, 40).pixels(MAX_GROUPS, GREEN).file();
        assertThat(renderer.rejectionStatus(many, scale(32, 32))).isEqualTo(413);
        byte[] some = LosslessWebp.image(40, 40).pixels(5000, GREEN).file();
        assertThat(renderer.image(some, scale(32, 32)).getRGB(5, 5)).isEqualTo(0xff00_0000 | GREEN << 8);
    }

    @Test
    void tablesOfCodesInAnAlphaChannelCountAsMemory() {
        for (int groups : new int[] {5000, MAX_GROUPS}) {
            byte[] alpha = LosslessWebp.alpha(64, 48).pixels(groups, GREEN).bytes();
            byte[] file = withAlpha(alpha);
            if (groups == MAX_GROUPS) {
                assertThat(renderer.rejectionStatus(file, scale(32, 32))).isEqualTo(413);
            } else {
                assertThat(renderer.rendered(file, scale(32, 32)).contentType()).isEqualTo("image/png");
            }
        }
    }

    private static byte[] withAlpha(byte[] alpha) {
        byte[] lossy = Arrays.copyOfRange(TestImageFiles.WEBP_LOSSY, 12, TestImageFiles.WEBP_LOSSY.length);
        return LosslessWebp.riff(LosslessWebp.canvas(0x10, 64, 48), LosslessWebp.chunk("ALPH", alpha), lossy);
    }

    @Test
    void anUncompressedAlphaChannelIsAccepted() throws IOException {
        byte[] alpha = new byte[1 + 64 * 48];
        Arrays.fill(alpha, 1, alpha.length, (byte) 100);
        assertThat(renderer.image(withAlpha(alpha), scale(32, 32)).getRGB(20, 20) >>> 24)
                .isEqualTo(100);
        assertThat(renderer.rejectionStatus(withAlpha(Arrays.copyOf(alpha, 300)), scale(32, 32)))
                .isEqualTo(400);
    }

    /** The decoder stores each transform, and applies it to all pixels. */
    @Test
    void aRepeatedTransformIsRejected() {
        LosslessWebp twice = LosslessWebp.image(40, 40)
                .transform(LosslessWebp.SUBTRACT_GREEN, 0)
                .transform(LosslessWebp.SUBTRACT_GREEN, 0);
        assertThat(renderer.rejectionStatus(twice.pixels(1, GREEN).file(), scale(32, 32)))
                .isEqualTo(400);
    }

    /** The decoder ignores the exception at the end of the file, again for each of millions of pixels. */
    @Test
    void aTruncatedImageIsRejected() {
        LosslessWebp cut = LosslessWebp.image(4000, 4000).bits(0, 3);
        for (int i = 0; i < 5; i++) {
            cut.bits(0b111, 3).bits(i == 4 ? 0 : 1, 8).bits(0, 8); // two symbols, so that each pixel takes bits
        }
        assertThat(renderer.rejectionStatus(cut.file(), scale(32, 32))).isEqualTo(400);
        byte[] whole = TestImageFiles.WEBP_LOSSY;
        assertThat(renderer.rejectionStatus(Arrays.copyOf(whole, whole.length - 60), scale(32, 32)))
                .isEqualTo(400);
    }

    /** Pixels of no bits need no input, nor do transforms. */
    @Test
    void anImageThatTakesTooLongIsRejected() {
        byte[] slow = LosslessWebp.image(3000, 3000)
                .transform(LosslessWebp.PREDICTOR, 11)
                .pixels(1, GREEN)
                .file();
        try (RendererFixture timeLimited =
                new RendererFixture(ThumbnailSettings.DEFAULTS, BUDGET, Duration.ofMillis(20))) {
            assertThat(timeLimited.rejectionStatus(slow, scale(32, 32))).isEqualTo(413);
        }
        assertThat(renderer.rendered(slow, scale(32, 32)).width()).isEqualTo(32);
    }

    @Test
    void theLimitOnPixelsCountsThoseOfAFrameLargerThanItsCanvas() {
        byte[] file = LosslessWebp.image(13_000, 13_000).pixels(1, GREEN).fileOnCanvas(1, 3000);
        assertThat(renderer.rejectionStatus(file, crop(32, 32))).isEqualTo(413);
        assertThat(renderer.rejectionStatus(file, animated(32, 32))).isEqualTo(413);
    }
}
