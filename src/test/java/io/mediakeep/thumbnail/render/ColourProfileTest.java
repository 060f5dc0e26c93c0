package io.mediakeep.thumbnail.render;

import static io.mediakeep.thumbnail.RendererFixture.scale;
import static io.mediakeep.thumbnail.SyntheticImages.assertQuadrants;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mediakeep.thumbnail.RendererFixture;
import io.mediakeep.thumbnail.SyntheticImages;
import io.mediakeep.thumbnail.image.TestImageFiles;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Colours that are not sRGB become sRGB. A difference of 6 of 255 in each of red, green and blue is below ΔE 3. */
class ColourProfileTest {
    private static final int TOLERANCE = 6;
    private static final int RED = 0xffff0000;
    private static final int GREEN = 0xff00ff00;
    private static final int BLUE = 0xff0000ff;
    private static final int GRAY = 0xff808080;

    private final RendererFixture renderer = new RendererFixture();

    @AfterEach
    void close() {
        renderer.close();
    }

    private static BufferedImage image() {
        return SyntheticImages.opaque(SyntheticImages.quadrants(200, 200, RED, GREEN, BLUE, GRAY));
    }

    /** A profile in which red and blue have changed places. */
    private static byte[] swapped() {
        ICC_Profile profile = ICC_Profile.getInstance(
                ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        byte[] red = profile.getData(ICC_Profile.icSigRedColorantTag);
        profile.setData(ICC_Profile.icSigRedColorantTag, profile.getData(ICC_Profile.icSigBlueColorantTag));
        profile.setData(ICC_Profile.icSigBlueColorantTag, red);
        return profile.getData();
    }

    private static byte[] linear() {
        return ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    }

    private static byte[] iccp(byte[] deflated) {
        return TestImageFiles.chunk("iCCP", TestImageFiles.joined("any\0\0".getBytes(ISO_8859_1), deflated));
    }

    /** The profile as a chunk right after the header of a PNG file. */
    private static byte[] png(BufferedImage image, byte[] chunk) throws IOException {
        byte[] file = TestImageFiles.file("png", image);
        return TestImageFiles.joined(Arrays.copyOf(file, 33), chunk, Arrays.copyOfRange(file, 33, file.length));
    }

    @Test
    void primariesAreConverted() throws IOException {
        byte[] jpeg = TestImageFiles.withProfile(TestImageFiles.jpeg(image(), false), swapped());
        assertQuadrants(renderer.image(jpeg, scale(96, 96)), TOLERANCE, BLUE, GREEN, RED, GRAY);
        byte[] png = png(image(), iccp(TestImageFiles.deflated(swapped())));
        assertQuadrants(renderer.image(png, scale(96, 96)), TOLERANCE, BLUE, GREEN, RED, GRAY);
    }

    @Test
    void gammaIsConverted() throws IOException {
        int lighter = 0xffbcbcbc;
        byte[] png = png(image(), iccp(TestImageFiles.deflated(linear())));
        assertQuadrants(renderer.image(png, scale(96, 96)), TOLERANCE, RED, GREEN, BLUE, lighter);
    }

    @Test
    void alphaIsPreserved() throws IOException {
        int half = 0x80ff0000;
        byte[] png = png(
                SyntheticImages.quadrants(200, 200, half, BLUE, 0, GREEN), iccp(TestImageFiles.deflated(swapped())));
        assertQuadrants(renderer.image(png, scale(96, 96)), TOLERANCE, 0x800000ff, RED, 0, GREEN);
    }

    @Test
    void invalidProfilesAreIgnored() throws IOException {
        byte[] broken = swapped();
        Arrays.fill(broken, 128, broken.length, (byte) 0x7f);
        byte[] grayProfile = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        for (byte[] profile : new byte[][] {broken, grayProfile, new byte[1], Arrays.copyOf(swapped(), 200)}) {
            byte[] jpeg = TestImageFiles.withProfile(TestImageFiles.jpeg(image(), false), profile);
            assertQuadrants(renderer.image(jpeg, scale(96, 96)), TOLERANCE, RED, GREEN, BLUE, GRAY);
            byte[] png = png(image(), iccp(TestImageFiles.deflated(profile)));
            assertQuadrants(renderer.image(png, scale(96, 96)), TOLERANCE, RED, GREEN, BLUE, GRAY);
        }
        byte[] notDeflated = png(image(), iccp(new byte[100]));
        assertQuadrants(renderer.image(notDeflated, scale(96, 96)), TOLERANCE, RED, GREEN, BLUE, GRAY);
    }

    @Test
    void aProfileOfGigabytesIsIgnored() throws IOException {
        byte[] bomb = TestImageFiles.deflated(new byte[200_000_000]);
        byte[] png = png(image(), iccp(bomb));
        assertQuadrants(renderer.image(png, scale(96, 96)), TOLERANCE, RED, GREEN, BLUE, GRAY);
    }
}
