package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.RendererFixture.animated;
import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.thumbnail.image.TestGif;
import io.mediakeep.thumbnail.image.TestImageFiles;
import io.mediakeep.thumbnail.image.TestPng;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileImagesTest {
    private static final int MUTATIONS = 250;

    private final RendererFixture renderer = new RendererFixture();

    @AfterEach
    void close() {
        renderer.close();
    }

    /** A PNG file of one colour, 1 bit per pixel. */
    private static byte[] plain(int width, int height, boolean interlaced) throws IOException {
        byte[] rows = new byte[(int) Math.min(20_000_000, Math.max(0, 20 + 2L * height * (2 + width / 8)))];
        return TestImageFiles.png(
                TestImageFiles.header(width, height, 1, 0, interlaced),
                TestImageFiles.chunk("IDAT", TestImageFiles.deflated(rows)),
                TestImageFiles.chunk("IEND", new byte[0]));
    }

    @Test
    void tooManyPixelsAreRejectedBeforeDecoding() throws IOException {
        assertThat(renderer.rejectionStatus(plain(50_000, 50_000, false), scale(96, 96)))
                .isEqualTo(413);
        assertThat(renderer.rejectionStatus(plain(Integer.MAX_VALUE, Integer.MAX_VALUE, true), crop(96, 96)))
                .isEqualTo(413);
        assertThat(renderer.rejectionStatus(plain(-1, 5, false), crop(96, 96))).isEqualTo(400);
    }

    @Test
    void aVeryLongImageIsRendered() throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            RenderResult.Rendered scaled = renderer.rendered(plain(1_000_000, 1, interlaced), scale(320, 240));
            assertThat(scaled.width()).isEqualTo(320);
            assertThat(scaled.height()).isEqualTo(1);
            assertThat(renderer.rendered(plain(1_000_000, 1, interlaced), crop(96, 96))
                            .width())
                    .isEqualTo(1);
        }
    }

    @Test
    void compressedTextOfGigabytesIsNotDecompressed() throws IOException {
        byte[] bomb =
                TestImageFiles.joined("any\0\0".getBytes(ISO_8859_1), TestImageFiles.deflated(new byte[100_000_000]));
        for (int colourType : new int[] {2, 3}) {
            byte[] file = new TestPng(200, 8, colourType, false)
                    .fileWith(TestImageFiles.joined(
                            TestImageFiles.chunk("zTXt", bomb), TestImageFiles.chunk("iTXt", bomb)));
            assertThat(renderer.rendered(file, scale(96, 96)).width()).isEqualTo(96);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u00ff\u00d8\u00ff",
                "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>",
                "%PDF-1.7",
                "%!PS-Adobe-3.0 EPSF-3.0",
                "<!DOCTYPE html><html><body>GIF89a</body></html>",
                "II*\0\b\0\0\0",
                "GIF89a<script>alert(1)</script>",
                "BM<html>",
                "RIFF\0\0\0\0WEBPVP8 "
            })
    void dataThatIsNoImageIsRejected(String text) {
        assertThat(renderer.rejectionStatus(text.getBytes(ISO_8859_1), scale(96, 96)))
                .isEqualTo(400);
    }

    /** A thousand progressive scans are cheap to send, and each would cost a pass over the whole image. */
    @Test
    void theNumberOfScansIsLimited() throws IOException {
        byte[] file = TestImageFiles.jpeg(SyntheticImages.photo(400, 300), true);
        int scan = new String(file, ISO_8859_1).lastIndexOf("\u00ff\u00da");
        byte[] last = Arrays.copyOfRange(file, scan, file.length - 2);
        byte[][] scans = new byte[2000][];
        Arrays.fill(scans, last);
        byte[] bomb = TestImageFiles.joined(Arrays.copyOf(file, file.length - 2), TestImageFiles.joined(scans));
        assertThat(renderer.rendered(bomb, scale(96, 96)).width()).isEqualTo(96);
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>(List.of(
                TestImageFiles.WEBP_LOSSY,
                TestImageFiles.WEBP_LOSSLESS,
                TestImageFiles.WEBP_LOSSY_ALPHA,
                TestImageFiles.WEBP_ANIMATED,
                TestImageFiles.turned(TestImageFiles.jpeg(SyntheticImages.photo(64, 48), false), 6),
                TestImageFiles.jpeg(SyntheticImages.photo(64, 48), true),
                new TestPng(50, 4, 3, true).withTransparentFirstColour().file(),
                new TestPng(50, 16, 6, false).file(),
                TestImageFiles.file("bmp", SyntheticImages.quadrants(50, 50)),
                new TestGif(50, 50)
                        .frame(0, 0, 50, 50, 1, 5, 2, 4)
                        .frame(9, 9, 30, 30, 2, 5, 3, 1)
                        .file()));
        return seeds;
    }

    /** Every file is rendered or rejected, and the renderer continues. */
    @Test
    void damagedFilesAreRenderedOrRejected() throws IOException {
        Random random = new Random(42);
        ThumbnailSpec[] specs = {scale(32, 32), crop(32, 32), animated(32, 32)};
        for (byte[] seed : seeds()) {
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] file = damaged(seed, random);
                try {
                    assertThat(renderer.render(file, specs[i % specs.length])).isNotNull();
                } catch (CompletionException rejected) {
                    assertThat(rejected).hasCauseInstanceOf(MatrixException.class);
                    assertThat(((MatrixException) rejected.getCause()).status()).isIn(400, 413);
                }
            }
        }
    }

    private static byte[] damaged(byte[] seed, Random random) {
        byte[] file = random.nextInt(4) == 0 ? Arrays.copyOf(seed, random.nextInt(seed.length)) : seed.clone();
        for (int flips = file.length == 0 ? 0 : random.nextInt(6); flips > 0; flips--) {
            file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return file;
    }

    /** Two hundred at once, in a budget for one of the larger ones: all complete, and all memory is released. */
    @Test
    void concurrentRenderingsShareOneBudget() throws IOException {
        MemoryBudget budget = new MemoryBudget(24L * 1024 * 1024);
        long whole = budget.available();
        byte[][] files = {
            plain(3000, 3000, true),
            plain(50_000, 50_000, false),
            TestImageFiles.jpeg(SyntheticImages.photo(1200, 900), true),
            TestImageFiles.WEBP_LOSSY,
            "<html>".getBytes(ISO_8859_1)
        };
        try (ThumbnailRenderer renderer =
                new ThumbnailRenderer(ThumbnailSettings.DEFAULTS, budget, Duration.ofSeconds(10))) {
            List<CompletableFuture<RenderResult>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(renderer.render(InMemoryContent.of(files[i % files.length]), crop(32, 32)));
            }
            for (int i = 0; i < results.size(); i++) {
                CompletableFuture<RenderResult> result = results.get(i);
                boolean rejected = result.handle((rendered, failure) -> failure instanceof MatrixException)
                        .join();
                assertThat(rejected).isEqualTo(i % files.length == 1 || i % files.length == 4);
            }
        }
        assertThat(budget.available()).isEqualTo(whole);
    }

    @Test
    void imagesAboveTheBudgetAreSubsampledOrRejected() throws IOException {
        MemoryBudget budget = new MemoryBudget(4L * 1024 * 1024);
        try (ThumbnailRenderer renderer =
                new ThumbnailRenderer(ThumbnailSettings.DEFAULTS, budget, Duration.ofSeconds(10))) {
            CompletableFuture<RenderResult> thinned =
                    renderer.render(InMemoryContent.of(plain(3000, 3000, true)), crop(32, 32));
            assertThat(thinned.join()).isInstanceOf(RenderResult.Rendered.class);
            CompletableFuture<RenderResult> rejected =
                    renderer.render(InMemoryContent.of(plain(3000, 3000, true)), scale(2048, 2048));
            assertThat(rejected.handle((rendered, failure) -> ((MatrixException) failure).status())
                            .join())
                    .isEqualTo(413);
        }
    }

    @Test
    void tooManyWaitingRenderingsAreRejected() throws IOException {
        byte[] file = plain(3000, 3000, false);
        try (ThumbnailRenderer renderer = new ThumbnailRenderer(ThumbnailSettings.DEFAULTS)) {
            List<CompletableFuture<RenderResult>> results = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                results.add(renderer.render(InMemoryContent.of(file), crop(32, 32)));
            }
            MatrixException full = results.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .map(result -> (MatrixException)
                            result.handle((rendered, failure) -> failure).join())
                    .findFirst()
                    .orElseThrow();
            assertThat(full.status()).isEqualTo(503);
            assertThat(full.retryAfter()).isPresent();
        }
    }
}
