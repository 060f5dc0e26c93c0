package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.RendererFixture.animated;
import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.thumbnail.image.TestGif;
import io.mediakeep.thumbnail.image.TestImageFiles;
import io.mediakeep.thumbnail.image.TestPng;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory for a declared size is not allocated before the data is found to exist. */
class DeclaredSizesTest {
    private static final long FEW_BYTES = 24 << 20;
    private static final int HUGE = 0x7fff_fff0;
    private static final int JPEG_IN_BMP = 4;
    private static final int PNG_IN_BMP = 5;

    private final MemoryBudget budget = new MemoryBudget(FEW_BYTES);

    /**
     * Renders on this thread, which must not allocate more than the budget; returns the status, 200 for a thumbnail.
     */
    private int status(byte[] file, ThumbnailSpec spec) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (ThumbnailRenderer renderer =
                new ThumbnailRenderer(ThumbnailSettings.DEFAULTS, budget, Duration.ofSeconds(10))) {
            long before = threads.getCurrentThreadAllocatedBytes();
            int status = status(renderer, file, spec);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(FEW_BYTES);
            return status;
        }
    }

    private static int status(ThumbnailRenderer renderer, byte[] file, ThumbnailSpec spec) throws Exception {
        try {
            renderer.renderNow(InMemoryContent.of(file), spec);
            return 200;
        } catch (MatrixException exception) {
            return exception.status();
        }
    }

    /** A file of 58 bytes, four of which are the pixels. */
    private static byte[] bmp(int bits, int compression, int imageSize) {
        ByteBuffer bmp = ByteBuffer.allocate(58).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put("BM".getBytes(ISO_8859_1)).putInt(58).putInt(0).putInt(54);
        bmp.putInt(40).putInt(100).putInt(100).putShort((short) 1).putShort((short) bits);
        return bmp.putInt(compression).putInt(imageSize).array();
    }

    @ParameterizedTest
    @ValueSource(ints = {JPEG_IN_BMP, PNG_IN_BMP})
    void anEmbeddedImageInABmpIsRejected(int compression) throws Exception {
        assertThat(status(bmp(24, compression, HUGE), scale(32, 32))).isEqualTo(400);
        assertThat(status(bmp(0, compression, HUGE), scale(32, 32))).isEqualTo(400);
    }

    @Test
    void compressedPixelsOfABmpAreLimitedByTheFile() throws Exception {
        assertThat(status(bmp(8, 1, HUGE), scale(32, 32))).isEqualTo(200);
        assertThat(status(bmp(4, 2, HUGE), scale(32, 32))).isEqualTo(200);
    }

    @Test
    void aPaletteOfABmpEndsWhereThePixelsBegin() throws Exception {
        byte[] far = bmp(8, 0, 0);
        ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putInt(10, HUGE);
        assertThat(status(far, scale(32, 32))).isEqualTo(400);
        byte[] many = bmp(8, 1, 0);
        ByteBuffer.wrap(many).order(ByteOrder.LITTLE_ENDIAN).putInt(46, HUGE);
        assertThat(status(many, scale(32, 32))).isEqualTo(200);
    }

    /**
     * An Exif directory whose 2,000 entries all have the same 40,000 bytes as their value: 80 MB, if each is stored.
     */
    @Test
    void overlappingExifValuesAreNotStored() throws Exception {
        ByteBuffer exif = ByteBuffer.allocate(65_000);
        exif.put("Exif\0\0MM\0*".getBytes(ISO_8859_1)).putInt(8).putShort((short) 2000);
        for (int tag = 0; tag < 2000; tag++) {
            exif.putShort((short) (30_000 + tag))
                    .putShort((short) 1)
                    .putInt(40_000)
                    .putInt(24_100);
        }
        byte[] jpeg = TestImageFiles.withSegment(
                TestImageFiles.jpeg(SyntheticImages.photo(64, 48), false), 0xe1, exif.array());
        assertThat(status(jpeg, scale(32, 32))).isEqualTo(200);
    }

    /** The JDK's decoder stores them outside the heap, wherever they are in the file. */
    @Test
    void profilesAfterTheScanCountAsMemory() throws Exception {
        byte[] jpeg = TestImageFiles.jpeg(SyntheticImages.photo(64, 48), false);
        byte[] profile = TestImageFiles.withProfile(new byte[2], new byte[65_000]);
        byte[] file = Arrays.copyOf(jpeg, jpeg.length + 400 * profile.length);
        for (int at = jpeg.length - 2; at + profile.length <= file.length; at += profile.length) {
            System.arraycopy(profile, 2, file, at, profile.length - 2);
        }
        try (ThumbnailRenderer renderer =
                new ThumbnailRenderer(ThumbnailSettings.DEFAULTS, budget, Duration.ofSeconds(10))) {
            assertThat(status(renderer, file, scale(32, 32))).isEqualTo(413);
            assertThat(status(renderer, jpeg, scale(32, 32))).isEqualTo(200);
        }
    }

    @Test
    void aProfileThatDeclaresMoreThanItHasIsIgnored() throws Exception {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] declaring = profile.clone();
        ByteBuffer.wrap(declaring).putInt(0, HUGE);
        byte[] manyTags = profile.clone();
        ByteBuffer.wrap(manyTags).putInt(128, HUGE);
        byte[] longCurve = profile.clone();
        int curve = new String(profile, ISO_8859_1).indexOf("curv");
        ByteBuffer.wrap(longCurve).putInt(curve + 8, HUGE);
        byte[] plain = TestImageFiles.jpeg(SyntheticImages.quadrants(64, 64), false);
        for (byte[] lying : new byte[][] {declaring, manyTags, longCurve, Arrays.copyOf(profile, 40)}) {
            assertThat(colour(TestImageFiles.withProfile(plain, lying))).isEqualTo(colour(plain));
            assertThat(status(TestImageFiles.withProfile(plain, lying), scale(32, 32)))
                    .isEqualTo(200);
        }
        assertThat(colour(TestImageFiles.withProfile(plain, profile))).isNotEqualTo(colour(plain));
    }

    private static int colour(byte[] file) throws IOException {
        try (RendererFixture renderer = new RendererFixture()) {
            return renderer.image(file, crop(32, 32)).getRGB(5, 5);
        }
    }

    @Test
    void chunksOfAPngThatDeclareMoreThanTheFileAreRejectedOrIgnored() throws Exception {
        for (String chunk : new String[] {"iCCP", "zTXt", "iTXt", "PLTE", "tRNS", "eXIf", "sPLT", "IDAT"}) {
            byte[] declaring = TestImageFiles.chunk(chunk, new byte[20]);
            ByteBuffer.wrap(declaring).putInt(0, HUGE);
            byte[] file = new TestPng(200, 8, 2, false).fileWith(declaring);
            assertThat(status(file, scale(32, 32))).as(chunk).isEqualTo(400);
        }
    }

    @Test
    void chunksOfAWebpThatDeclareMoreThanTheFileEndWithIt() throws Exception {
        byte[] declaring = TestImageFiles.WEBP_LOSSY.clone();
        ByteBuffer.wrap(declaring)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, HUGE)
                .putInt(16, HUGE);
        assertThat(status(declaring, scale(32, 32))).isEqualTo(200);
    }

    @Test
    void theLimitOnPixelsCountsThoseOfAGifFrameLargerThanItsScreen() throws Exception {
        byte[] gif = new TestGif(1, 3000).frame(0, 0, 20, 20, 1, 0, 0, 4).file();
        int frame = new String(gif, ISO_8859_1).indexOf("\u002c\0\0\0\0\u0014");
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(frame + 5, (short) 13_000)
                .putShort(frame + 7, (short) 13_000);
        assertThat(status(gif, crop(32, 32))).isEqualTo(413);
        assertThat(status(gif, animated(32, 32))).isEqualTo(413);
    }
}
