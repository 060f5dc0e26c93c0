package io.mediakeep.thumbnail.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {
    /** 37 by 21 pixels of grey, made with cwebp. */
    private static final String LOSSY =
            "UklGRjQAAABXRUJQVlA4ICgAAADwAgCdASolABUAPpFGnkslo6KhpWgAsBIJaQAAKUNt8AD+6CQAAAAA";

    private static final String LOSSLESS = "UklGRh4AAABXRUJQVlA4TBEAAAAvJAAFAAdQspKVrP+BiOh/AAA=";

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
    void typeAndSizeAreParsed(String format) throws IOException {
        assertThat(ImageHeader.of(image(format, 37, 21))).contains(new ImageHeader("image/" + format, 37, 21));
    }

    @ParameterizedTest
    @ValueSource(strings = {LOSSY, LOSSLESS})
    void webpIsParsed(String base64) {
        assertThat(ImageHeader.of(Base64.getDecoder().decode(base64))).contains(new ImageHeader("image/webp", 37, 21));
    }

    @Test
    void iconsAreParsed() throws IOException {
        byte[] png = image("png", 48, 48);
        ByteBuffer icon = ByteBuffer.allocate(22 + png.length).order(ByteOrder.LITTLE_ENDIAN);
        icon.putShort((short) 0).putShort((short) 1).putShort((short) 1); // an icon, one image
        icon.put((byte) 48)
                .put((byte) 48)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 24);
        icon.putInt(png.length).putInt(22).put(png);
        assertThat(ImageHeader.of(icon.array())).contains(new ImageHeader("image/x-icon", 48, 48));
    }

    /**
     * TwelveMonkeys' reader allocates the size that the first four bytes of a profile declare, before it returns the
     * dimensions.
     */
    @Test
    void aProfileThatDeclaresGigabytesIsNotAllocated() {
        ByteBuffer webp = ByteBuffer.allocate(246).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(238);
        webp.put("WEBPVP8X".getBytes(StandardCharsets.ISO_8859_1)).putInt(10).putInt(0x20);
        webp.put(new byte[] {0x57, 2, 0, 0x57, 2, 0}); // 600 by 600
        webp.put("ICCP".getBytes(StandardCharsets.ISO_8859_1)).putInt(200);
        webp.order(ByteOrder.BIG_ENDIAN).putInt(0x7fff_fff0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(ImageHeader.of(webp.array())).contains(new ImageHeader("image/webp", 600, 600));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    @Test
    void aGifWithoutScreenIsAsLargeAsItsFirstFrame() {
        byte[] gif = new TestGif(0, 0)
                .comment(600)
                .frame(0, 0, 20, 30, 1, 0, 0, 4)
                .frame(0, 0, 40, 40, 1, 0, 0, 4)
                .file();
        assertThat(ImageHeader.of(gif)).contains(new ImageHeader("image/gif", 20, 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
    void theFirstBytesAreEnough(String format) throws IOException {
        byte[] whole = image(format, 640, 480);
        assertThat(ImageHeader.of(Arrays.copyOf(whole, Math.min(whole.length, 700))))
                .contains(new ImageHeader("image/" + format, 640, 480));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GIF89a",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "%PDF-1.7",
                "<html>",
                "RIFF....WEBP",
                "BM"
            })
    void dataThatIsNoImageHasNoHeader(String text) {
        assertThat(ImageHeader.of(text.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
    void corruptImagesAreNoInternalError(String format) throws IOException {
        byte[] whole = image(format, 64, 48);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] broken = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int change = 0; change < 5; change++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            ImageHeader.of(broken)
                    .ifPresent(header -> assertThat(Math.min(header.width(), header.height()))
                            .isPositive());
        }
    }

    private static byte[] image(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }
}
