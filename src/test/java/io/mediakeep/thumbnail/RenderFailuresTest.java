package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.content.Content;
import io.mediakeep.testing.LosslessWebp;
import io.mediakeep.thumbnail.image.TestPng;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RenderFailuresTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void aCorruptImageIsTriedOnceForAllSizes() throws IOException {
        assertRejectedOnce(Arrays.copyOf(new TestPng(50, 8, 2, false).file(), 100), LONG, 400);
    }

    @Test
    void anImageOfTooManyPixelsIsTriedOnceForAllSizes() {
        assertRejectedOnce(LosslessWebp.image(16_000, 16_000).pixels(1, 7).file(), LONG, 413);
    }

    @Test
    void anImageOfTooMuchMemoryIsTriedOnceForAllSizes() {
        assertRejectedOnce(LosslessWebp.image(2000, 2000).pixels(1, 7).file(), LONG, 413);
    }

    @Test
    void anImageOfTooMuchTimeIsTriedOnceForAllSizes() {
        assertRejectedOnce(LosslessWebp.image(1000, 1000).pixels(1, 7).file(), Duration.ofMillis(1), 413);
    }

    /** In a budget of 12 MiB. */
    private static void assertRejectedOnce(byte[] file, Duration maxCpuTime, int status) {
        AtomicInteger reads = new AtomicInteger();
        Content content = InMemoryContent.of(file, reads);
        MemoryBudget budget = new MemoryBudget(12 << 20);
        try (ThumbnailRenderer renderer = new ThumbnailRenderer(ThumbnailSettings.DEFAULTS, budget, maxCpuTime)) {
            int opened = 0;
            for (ThumbnailSpec spec : new ThumbnailSpec[] {scale(32, 32), scale(96, 96), crop(320, 240)}) {
                MatrixException exception =
                        catchThrowableOfType(MatrixException.class, () -> renderer.renderNow(content, spec));
                assertThat(exception.status()).isEqualTo(status);
                opened = opened == 0 ? reads.get() : opened;
            }
            assertThat(reads.get()).isEqualTo(opened).isPositive();
        }
    }
}
