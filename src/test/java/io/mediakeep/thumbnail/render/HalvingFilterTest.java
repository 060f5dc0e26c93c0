package io.mediakeep.thumbnail.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvingFilterTest {
    private static final int[] WEIGHTS = {1, 5, 10, 10, 5, 1};
    private static final int SUM = 32;

    /** Seven means are rounded, most of them of little weight, and that along and down. */
    private static final double ROUNDING = 2.5;

    private final Random random = new Random(5);
    private final List<byte[]> halved = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"1,1,3", "2,1,3", "1,2,1", "3,3,3", "4,4,1", "5,4,4", "4,5,3", "7,6,4", "6,7,3", "33,9,3", "64,10,1"})
    void everyPixelIsTheMeanOfSixBySix(int width, int height, int bands) {
        byte[][] image = noise(width, height, bands);
        halve(image, width, bands);
        assertThat(halved).hasSize((height + 1) / 2);
        double error = 0;
        for (int y = 0; y < halved.size(); y++) {
            assertThat(halved.get(y)).hasSize((width + 1) / 2 * bands);
            for (int i = 0; i < halved.get(y).length; i++) {
                double exact = exact(image, width, bands, i, y);
                assertThat((double) (halved.get(y)[i] & 0xff)).isBetween(exact - ROUNDING, exact + ROUNDING);
                error += (halved.get(y)[i] & 0xff) - exact;
            }
        }
        assertThat(error / halved.size() / halved.get(0).length).isBetween(-1.5, 1.5);
    }

    @Test
    void theMeanBrightnessIsPreserved() {
        byte[][] image = noise(400, 300, 3);
        halve(image, 400, 3);
        double sum = 0;
        for (int y = 0; y < halved.size(); y++) {
            for (int i = 0; i < halved.get(y).length; i++) {
                sum += (halved.get(y)[i] & 0xff) - exact(image, 400, 3, i, y);
            }
        }
        assertThat(sum / (150 * 200 * 3)).isBetween(-0.05, 0.05);
    }

    @Test
    void plainColoursArePreserved() {
        for (int level : new int[] {0, 1, 127, 128, 254, 255}) {
            byte[][] image = new byte[7][21];
            for (byte[] row : image) {
                java.util.Arrays.fill(row, (byte) level);
            }
            halved.clear();
            halve(image, 7, 3);
            assertThat(halved).hasSize(4).allSatisfy(row -> assertThat(row).containsOnly((byte) level));
        }
    }

    @Test
    void aRestartedImageIsHalvedAgain() {
        byte[][] image = noise(20, 12, 3);
        HalvingFilter halving = new HalvingFilter(20, 12, 3, (y, row) -> halved.add(row.clone()));
        for (int y = 0; y < 8; y++) {
            halving.row(y, noise(20, 1, 3)[0]);
        }
        halved.clear();
        for (int y = 0; y < 12; y++) {
            halving.row(y, image[y]);
        }
        List<byte[]> anew = List.copyOf(halved);
        halved.clear();
        halve(image, 20, 3);
        assertThat(anew).usingElementComparator(java.util.Arrays::compare).isEqualTo(halved);
    }

    private void halve(byte[][] image, int width, int bands) {
        HalvingFilter halving = new HalvingFilter(width, image.length, bands, (y, row) -> {
            assertThat(y).isEqualTo(halved.size());
            halved.add(row.clone());
        });
        for (int y = 0; y < image.length; y++) {
            halving.row(y, image[y]);
        }
    }

    private byte[][] noise(int width, int height, int bands) {
        byte[][] image = new byte[height][width * bands];
        for (byte[] row : image) {
            random.nextBytes(row);
        }
        return image;
    }

    private static double exact(byte[][] image, int width, int bands, int i, int y) {
        double sum = 0;
        for (int down = 0; down < WEIGHTS.length; down++) {
            byte[] row = image[Math.max(0, Math.min(image.length - 1, 2 * y - 2 + down))];
            for (int along = 0; along < WEIGHTS.length; along++) {
                int x = Math.max(0, Math.min(width - 1, 2 * (i / bands) - 2 + along));
                sum += WEIGHTS[down] * WEIGHTS[along] * (row[x * bands + i % bands] & 0xff);
            }
        }
        return sum / SUM / SUM;
    }
}
