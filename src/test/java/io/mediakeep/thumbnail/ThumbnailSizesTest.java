package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.ThumbnailSpec.Method.CROP;
import static io.mediakeep.thumbnail.ThumbnailSpec.Method.SCALE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailSizesTest {
    private static final List<Integer> STEPS = ThumbnailSettings.DEFAULTS.steps();

    private final ThumbnailSizes sizes = new ThumbnailSizes(STEPS);

    @ParameterizedTest
    @CsvSource({"32, 32", "96, 96", "320, 240", "640, 480", "800, 600"})
    void theFiveSizesOfTheSpecificationAreExact(int width, int height) {
        assertThat(sizes.enlarged(width, height, CROP, false)).isEqualTo(new ThumbnailSpec(width, height, CROP, false));
        assertThat(sizes.enlarged(width, height, SCALE, true)).isEqualTo(new ThumbnailSpec(width, height, SCALE, true));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 32, 32",
        "31, 31, 32, 32",
        "33, 33, 96, 96",
        "30, 20, 32, 21",
        "20, 30, 21, 32",
        "97, 96, 240, 238",
        "1000, 1, 1200, 1",
        "1, 2048, 1, 2048",
        "1601, 801, 2048, 1025"
    })
    void otherSizesAreRoundedUpToTheNextStep(int width, int height, int boxWidth, int boxHeight) {
        assertThat(sizes.enlarged(width, height, SCALE, false))
                .isEqualTo(new ThumbnailSpec(boxWidth, boxHeight, SCALE, false));
    }

    @ParameterizedTest
    @CsvSource({"2049, 2049, 1000000, 1000000", "4096, 2048, 1000000, 500000", "2147483647, 1, 1000000, 1"})
    void sizesAboveTheLastStepSelectTheOriginal(int width, int height, int boxWidth, int boxHeight) {
        assertThat(sizes.enlarged(width, height, SCALE, false))
                .isEqualTo(new ThumbnailSpec(boxWidth, boxHeight, SCALE, false));
    }

    @Test
    void noThumbnailIsSmallerThanRequested() {
        new Random(3).ints(10_000, 1, 5000).forEach(width -> {
            int height = 1 + width * 7 % 2048;
            ThumbnailSpec box = sizes.enlarged(width, height, CROP, false);
            assertThat(box.width()).isGreaterThanOrEqualTo(width);
            assertThat(box.height()).isGreaterThanOrEqualTo(height);
        });
    }

    @Test
    void theNumberOfVariantsIsLimitedToTheSteps() {
        assertThat(IntStream.rangeClosed(1, 2048)
                        .mapToObj(side -> sizes.enlarged(side, side, CROP, false))
                        .collect(Collectors.toSet()))
                .hasSize(STEPS.size());
        assertThat(IntStream.rangeClosed(1, 512)
                        .mapToObj(quarter -> sizes.enlarged(4 * quarter, 3 * quarter, SCALE, false))
                        .collect(Collectors.toSet()))
                .hasSize(STEPS.size());
    }
}
