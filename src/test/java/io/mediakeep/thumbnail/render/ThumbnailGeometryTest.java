package io.mediakeep.thumbnail.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailGeometryTest {

    @ParameterizedTest
    @CsvSource({
        "4000, 3000, 800, 600, 800, 600",
        "4000, 3000, 640, 640, 640, 480",
        "3000, 4000, 640, 640, 480, 640",
        "100, 50, 640, 640, 100, 50",
        "1000000, 1, 320, 240, 320, 1",
        "1, 1000000, 320, 240, 1, 240",
        "2048, 2047, 2048, 2048, 2048, 2047"
    })
    void fits(int width, int height, int boxWidth, int boxHeight, int renderedWidth, int renderedHeight) {
        assertThat(ThumbnailGeometry.scaled(width, height, boxWidth, boxHeight))
                .isEqualTo(new ThumbnailGeometry(new Rectangle(width, height), renderedWidth, renderedHeight));
    }

    @ParameterizedTest
    @CsvSource({
        "4000, 3000, 96, 96, 500, 0, 3000, 3000, 96, 96",
        "3000, 4000, 96, 96, 0, 500, 3000, 3000, 96, 96",
        "4000, 3000, 320, 240, 0, 0, 4000, 3000, 320, 240",
        "1000000, 1, 96, 96, 499999, 0, 1, 1, 1, 1",
        "50, 400, 100, 200, 0, 150, 50, 100, 50, 100",
        "400, 50, 96, 96, 175, 0, 50, 50, 50, 50"
    })
    void cropsTheMiddle(
            int width, int height, int boxWidth, int boxHeight, int x, int y, int w, int h, int dw, int dh) {
        assertThat(ThumbnailGeometry.cropped(width, height, boxWidth, boxHeight))
                .isEqualTo(new ThumbnailGeometry(new Rectangle(x, y, w, h), dw, dh));
    }

    /** Never larger than the image or the box, never outside of the image, never without a pixel. */
    @Test
    void isNeverLargerThanTheImageOrTheBox() {
        int[] sizes = {1, 2, 3, 31, 96, 97, 800, 12_345, 1_000_000};
        for (int width : sizes) {
            for (int height : sizes) {
                for (int boxWidth : new int[] {1, 32, 97, 640}) {
                    for (int boxHeight : new int[] {1, 32, 480, 2048}) {
                        check(
                                ThumbnailGeometry.scaled(width, height, boxWidth, boxHeight),
                                width,
                                height,
                                boxWidth,
                                boxHeight);
                        check(
                                ThumbnailGeometry.cropped(width, height, boxWidth, boxHeight),
                                width,
                                height,
                                boxWidth,
                                boxHeight);
                    }
                }
            }
        }
    }

    private static void check(ThumbnailGeometry geometry, int width, int height, int boxWidth, int boxHeight) {
        assertThat(new Rectangle(width, height).contains(geometry.region())).isTrue();
        assertThat(geometry.width()).isBetween(1, Math.min(geometry.region().width, boxWidth));
        assertThat(geometry.height()).isBetween(1, Math.min(geometry.region().height, boxHeight));
        assertThat(geometry.reduction()).isGreaterThanOrEqualTo(1);
    }
}
