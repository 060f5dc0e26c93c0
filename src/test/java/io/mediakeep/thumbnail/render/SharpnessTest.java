package io.mediakeep.thumbnail.render;

import static io.mediakeep.thumbnail.RendererFixture.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.thumbnail.RendererFixture;
import io.mediakeep.thumbnail.SyntheticImages;
import io.mediakeep.thumbnail.ThumbnailSpec;
import io.mediakeep.thumbnail.image.TestImageFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thumbnails are as similar to a Lanczos filter of the whole image as is needed to see no difference, without moiré of
 * stripes and without lost hairlines.
 */
class SharpnessTest {
    private static final double ALIKE = 0.98;
    private static final int WHITE = 0xffffffff;
    private static final int BLACK = 0xff000000;

    private final RendererFixture renderer = new RendererFixture();

    @AfterEach
    void close() {
        renderer.close();
    }

    static Stream<Arguments> images() {
        IntBinaryOperator stripes = (x, y) -> (y < 450 ? x : y) % 5 < 2 ? BLACK : WHITE;
        IntBinaryOperator hairlines = (x, y) -> x % 41 == 0 || y % 29 == 0 || (x + 2 * y) % 97 == 0 ? BLACK : WHITE;
        IntBinaryOperator wider = (x, y) -> (y < 450 ? x : y) % 11 < 5 ? BLACK : WHITE;
        IntBinaryOperator rings = (x, y) -> {
            int light = (int) (127.5 + 127.5 * Math.cos((x * x + y * y) / 3000.0));
            return BLACK | light * 0x10101;
        };
        IntBinaryOperator letters =
                (x, y) -> (x / 3 * 7919 + y / 4 * 104_729) % 13 < 4 && y / 12 % 2 == 0 ? BLACK : WHITE;
        return Stream.of(stripes, wider, hairlines, rings, letters)
                .map(rendered -> SyntheticImages.opaque(SyntheticImages.of(1200, 900, rendered)))
                .flatMap(image ->
                        Stream.of(1000, 800, 640, 480, 320, 300, 240, 163, 96).map(size -> Arguments.of(image, size)));
    }

    @ParameterizedTest
    @MethodSource("images")
    void isSimilarToTheReference(BufferedImage image, int size) throws IOException {
        ThumbnailSpec spec = scale(size, size);
        BufferedImage rendered = RendererFixture.decode(renderer.rendered(TestImageFiles.file("bmp", image), spec));
        BufferedImage reference = LanczosReference.reduced(image, rendered.getWidth(), rendered.getHeight());
        BufferedImage asJpeg = renderer.image(TestImageFiles.file("bmp", reference), scale(size, size));
        double alike = StructuralSimilarity.of(rendered, reference);
        double best = StructuralSimilarity.of(asJpeg, reference);
        assertThat(alike).as("beside %s", best).isGreaterThan(Math.min(ALIKE, best - 0.01));
    }
}
