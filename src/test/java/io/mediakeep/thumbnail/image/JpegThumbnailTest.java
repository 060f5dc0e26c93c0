package io.mediakeep.thumbnail.image;

import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static io.mediakeep.thumbnail.SyntheticImages.BLUE;
import static io.mediakeep.thumbnail.SyntheticImages.GREEN;
import static io.mediakeep.thumbnail.SyntheticImages.RED;
import static io.mediakeep.thumbnail.SyntheticImages.YELLOW;
import static io.mediakeep.thumbnail.SyntheticImages.assertQuadrants;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.thumbnail.RenderResult;
import io.mediakeep.thumbnail.RendererFixture;
import io.mediakeep.thumbnail.SyntheticImages;
import io.mediakeep.thumbnail.ThumbnailSpec;
import io.mediakeep.thumbnail.render.StructuralSimilarity;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegThumbnailTest {
    /** The tolerance for plain colours after two JPEG encodings. */
    private static final int TOLERANCE = 6;

    private final RendererFixture renderer = new RendererFixture();

    @AfterEach
    void close() {
        renderer.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void coloursArePreserved(boolean progressive) throws IOException {
        byte[] file = TestImageFiles.jpeg(SyntheticImages.quadrants(800, 600), progressive);
        RenderResult.Rendered scaled = renderer.rendered(file, scale(320, 240));
        assertThat(scaled.contentType()).isEqualTo("image/jpeg");
        assertThat(scaled.width()).isEqualTo(320);
        assertThat(scaled.height()).isEqualTo(240);
        assertQuadrants(RendererFixture.decode(scaled), TOLERANCE, RED, GREEN, BLUE, YELLOW);
        BufferedImage cropped = renderer.image(file, crop(96, 96));
        assertThat(cropped.getWidth()).isEqualTo(cropped.getHeight()).isEqualTo(96);
        assertQuadrants(cropped, TOLERANCE, RED, GREEN, BLUE, YELLOW);
    }

    /** An image rendered at almost its size is processed in another way than one that is much larger. */
    @Test
    void progressiveAndBaselineImagesLookTheSame() throws IOException {
        BufferedImage photo = SyntheticImages.photo(400, 300);
        for (ThumbnailSpec spec : new ThumbnailSpec[] {scale(320, 240), scale(96, 96)}) {
            BufferedImage baseline = renderer.image(TestImageFiles.jpeg(photo, false), spec);
            BufferedImage progressive = renderer.image(TestImageFiles.jpeg(photo, true), spec);
            assertThat(StructuralSimilarity.of(baseline, progressive)).isGreaterThan(0.99);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, RED, GREEN, BLUE, YELLOW",
        "2, GREEN, RED, YELLOW, BLUE",
        "3, YELLOW, BLUE, GREEN, RED",
        "4, BLUE, YELLOW, RED, GREEN",
        "5, RED, BLUE, GREEN, YELLOW",
        "6, BLUE, RED, YELLOW, GREEN",
        "7, YELLOW, GREEN, BLUE, RED",
        "8, GREEN, YELLOW, RED, BLUE"
    })
    void exifOrientationIsApplied(
            int orientation, String topLeft, String topRight, String bottomLeft, String bottomRight)
            throws IOException {
        byte[] file =
                TestImageFiles.turned(TestImageFiles.jpeg(SyntheticImages.quadrants(800, 400), false), orientation);
        BufferedImage seen = renderer.image(file, scale(200, 200));
        assertThat(seen.getWidth()).isEqualTo(orientation < 5 ? 200 : 100);
        assertThat(seen.getHeight()).isEqualTo(orientation < 5 ? 100 : 200);
        int[] colours = {colour(topLeft), colour(topRight), colour(bottomLeft), colour(bottomRight)};
        assertQuadrants(seen, TOLERANCE, colours);
        assertQuadrants(renderer.image(file, crop(100, 60)), TOLERANCE, colours);
    }

    private static int colour(String name) {
        return switch (name) {
            case "RED" -> RED;
            case "GREEN" -> GREEN;
            case "BLUE" -> BLUE;
            default -> YELLOW;
        };
    }

    @Test
    void aRotatedImageIsNotServedAsItIs() throws IOException {
        byte[] file = TestImageFiles.jpeg(SyntheticImages.quadrants(80, 40), false);
        assertThat(renderer.render(TestImageFiles.turned(file, 1), scale(96, 96)))
                .isInstanceOf(RenderResult.Original.class);
        RenderResult.Rendered upright = renderer.rendered(TestImageFiles.turned(file, 6), scale(96, 96));
        assertThat(upright.width()).isEqualTo(40);
        assertThat(upright.height()).isEqualTo(80);
    }

    @Test
    void metadataAreNotCopied() throws IOException {
        byte[] comment = "taken at home".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] file = TestImageFiles.turned(
                TestImageFiles.withSegment(
                        TestImageFiles.jpeg(SyntheticImages.quadrants(200, 200), false), 0xfe, comment),
                1);
        String rendered = new String(
                renderer.rendered(file, scale(96, 96)).bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(rendered).doesNotContain("Exif").doesNotContain("taken at home");
    }

    @Test
    void grayIsPreserved() throws IOException {
        BufferedImage gray = new BufferedImage(300, 300, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 300; x++) {
                gray.getRaster().setSample(x, y, 0, x < 150 ? 60 : 200);
            }
        }
        for (boolean progressive : new boolean[] {false, true}) {
            BufferedImage seen = renderer.image(TestImageFiles.jpeg(gray, progressive), scale(96, 96));
            assertQuadrants(seen, TOLERANCE, 0xff3c3c3c, 0xffc8c8c8, 0xff3c3c3c, 0xffc8c8c8);
        }
    }

    /** CMYK samples are stored inverted: 255 is no ink. */
    @Test
    void cmykIsConverted() throws IOException {
        int[] cyan = {0, 255, 255, 255};
        int[] black = {255, 255, 255, 0};
        byte[] file = TestImageFiles.jpeg(halves(cyan, black));
        for (byte[] cmyk : new byte[][] {file, TestImageFiles.adobe(file, 0)}) {
            BufferedImage seen = renderer.image(cmyk, scale(96, 96));
            assertQuadrants(seen, TOLERANCE, 0xff00ffff, 0xff000000, 0xff00ffff, 0xff000000);
        }
    }

    /** YCCK: luma and two colour differences instead of cyan, magenta and yellow (with inverted samples). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ycckIsConverted(int transform) throws IOException {
        int[] red = {76, 85, 255, 255};
        int[] white = {255, 128, 128, 255};
        byte[] file = TestImageFiles.adobe(TestImageFiles.jpeg(halves(red, white)), transform);
        BufferedImage seen = renderer.image(file, scale(96, 96));
        // stored inks are 255 less the colours, and 255 is none: what is stored for red is no red
        assertQuadrants(seen, TOLERANCE, 0xff01ffff, 0xff000000, 0xff01ffff, 0xff000000);
    }

    /** 2 is YCCK, which is invalid for three samples: like libjpeg, decoders take them for YCbCr then. */
    @ParameterizedTest
    @CsvSource({"0, ff4c55ff, ffff8080", "1, ffff0000, ffffffff", "2, ffff0000, ffffffff"})
    void theAdobeSegmentDefinesThreeSamples(int transform, String left, String right) throws IOException {
        byte[] file = TestImageFiles.adobe(
                TestImageFiles.jpeg(halves(new int[] {76, 85, 255}, new int[] {255, 128, 128})), transform);
        int[] colours = {Integer.parseUnsignedInt(left, 16), Integer.parseUnsignedInt(right, 16)};
        assertQuadrants(renderer.image(file, scale(96, 96)), TOLERANCE, colours[0], colours[1], colours[0], colours[1]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50, 10_000})
    void restartIntervalsAreDecoded(int blocks) throws IOException {
        byte[] file = TestImageFiles.jpegWithRestarts(SyntheticImages.quadrants(400, 300), blocks);
        assertThat(new String(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("\u00ff\u00dd\0\4" + (char) (blocks >> 8) + (char) (blocks & 0xff));
        for (byte[] restarting : new byte[][] {file, TestImageFiles.adobe(file, 1)}) {
            assertQuadrants(renderer.image(restarting, scale(96, 96)), TOLERANCE, RED, GREEN, BLUE, YELLOW);
            assertQuadrants(renderer.image(restarting, crop(320, 240)), TOLERANCE, RED, GREEN, BLUE, YELLOW);
        }
    }

    /** Lossless, differential and arithmetic coding (ITU-T T.81, table B.1), for which the JDK has no decoder. */
    @ParameterizedTest
    @ValueSource(ints = {0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf})
    void unsupportedKindsAreRejected(int frame) throws IOException {
        byte[] file = TestImageFiles.jpeg(SyntheticImages.quadrants(64, 64), false);
        int at = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0\0\u0011\b");
        file[at + 1] = (byte) frame;
        assertThat(renderer.rejectionStatus(file, scale(32, 32))).isEqualTo(400);
        file[at + 1] = (byte) 0xc1;
        file[at + 4] = 12; // bits
        assertThat(renderer.rejectionStatus(file, scale(32, 32))).isEqualTo(400);
    }

    private static Raster halves(int[] left, int[] right) {
        WritableRaster raster =
                Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, 200, 200, left.length, null);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 200; x++) {
                raster.setPixel(x, y, x < 100 ? left : right);
            }
        }
        return raster;
    }

    @Test
    void aTruncatedImageIsRendered() throws IOException {
        byte[] file = TestImageFiles.jpeg(SyntheticImages.photo(400, 300), false);
        BufferedImage whole = renderer.image(file, scale(96, 72));
        BufferedImage cut = renderer.image(Arrays.copyOf(file, file.length / 2), scale(96, 72));
        assertThat(cut.getSubimage(0, 0, 96, 20))
                .satisfies(top -> assertThat(StructuralSimilarity.of(top, whole.getSubimage(0, 0, 96, 20)))
                        .isGreaterThan(0.98));
    }

    @Test
    void invalidMetadataIsIgnored() throws IOException {
        byte[] file = TestImageFiles.jpeg(SyntheticImages.quadrants(200, 200), false);
        byte[] garbage = new byte[500];
        Arrays.fill(garbage, (byte) 0xff);
        for (int marker = 0xe0; marker <= 0xef; marker++) {
            for (String name : new String[] {"Exif\0\0MM\0*", "ICC_PROFILE\0\1\1", "JFIF\0", "Adobe", ""}) {
                byte[] data =
                        TestImageFiles.joined(name.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), garbage);
                if (!name.equals("Adobe")) {
                    BufferedImage seen = renderer.image(TestImageFiles.withSegment(file, marker, data), scale(96, 96));
                    assertQuadrants(seen, TOLERANCE, RED, GREEN, BLUE, YELLOW);
                }
            }
        }
    }
}
