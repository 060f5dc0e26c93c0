package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.Easel.crop;
import static io.mediakeep.thumbnail.Easel.moving;
import static io.mediakeep.thumbnail.Easel.scale;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.MatrixException;
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

class HostilePicturesTest {
    private static final int MUTATIONS = 250;

    private final Easel easel = new Easel();

    @AfterEach
    void close() {
        easel.close();
    }

    /** A PNG file of one colour, 1 bit per pixel. */
    private static byte[] plain(int width, int height, boolean interlaced) throws IOException {
        byte[] rows = new byte[(int) Math.min(20_000_000, Math.max(0, 20 + 2L * height * (2 + width / 8)))];
        return Encoded.png(
                Encoded.header(width, height, 1, 0, interlaced),
                Encoded.chunk("IDAT", Encoded.deflated(rows)),
                Encoded.chunk("IEND", new byte[0]));
    }

    @Test
    void tooManyPixelsAreRefusedBeforeAnyIsDecoded() throws IOException {
        assertThat(easel.refusal(plain(50_000, 50_000, false), scale(96, 96))).isEqualTo(413);
        assertThat(easel.refusal(plain(Integer.MAX_VALUE, Integer.MAX_VALUE, true), crop(96, 96)))
                .isEqualTo(413);
        assertThat(easel.refusal(plain(-1, 5, false), crop(96, 96))).isEqualTo(400);
    }

    @Test
    void aVeryLongPictureIsDrawn() throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            Drawing.Drawn scaled = easel.drawn(plain(1_000_000, 1, interlaced), scale(320, 240));
            assertThat(scaled.width()).isEqualTo(320);
            assertThat(scaled.height()).isEqualTo(1);
            assertThat(easel.drawn(plain(1_000_000, 1, interlaced), crop(96, 96))
                            .width())
                    .isEqualTo(1);
        }
    }

    @Test
    void textThatUnpacksToGigabytesIsNeverUnpacked() throws IOException {
        byte[] bomb = Encoded.joined("any\0\0".getBytes(ISO_8859_1), Encoded.deflated(new byte[100_000_000]));
        for (int colourType : new int[] {2, 3}) {
            byte[] file = new TestPng(200, 8, colourType, false)
                    .fileWith(Encoded.joined(Encoded.chunk("zTXt", bomb), Encoded.chunk("iTXt", bomb)));
            assertThat(easel.drawn(file, scale(96, 96)).width()).isEqualTo(96);
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
    void whatIsNoPictureIsRefused(String text) {
        assertThat(easel.refusal(text.getBytes(ISO_8859_1), scale(96, 96))).isEqualTo(400);
    }

    /** A thousand progressive scans are cheap to send, and each would cost a walk through the whole picture. */
    @Test
    void onlySoManyScansAreRead() throws IOException {
        byte[] file = Encoded.jpeg(Sketch.photo(400, 300), true);
        int scan = new String(file, ISO_8859_1).lastIndexOf("\u00ff\u00da");
        byte[] last = Arrays.copyOfRange(file, scan, file.length - 2);
        byte[][] scans = new byte[2000][];
        Arrays.fill(scans, last);
        byte[] bomb = Encoded.joined(Arrays.copyOf(file, file.length - 2), Encoded.joined(scans));
        assertThat(easel.drawn(bomb, scale(96, 96)).width()).isEqualTo(96);
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>(List.of(
                Encoded.WEBP_LOSSY,
                Encoded.WEBP_LOSSLESS,
                Encoded.WEBP_LOSSY_ALPHA,
                Encoded.WEBP_MOVING,
                Encoded.turned(Encoded.jpeg(Sketch.photo(64, 48), false), 6),
                Encoded.jpeg(Sketch.photo(64, 48), true),
                new TestPng(50, 4, 3, true).withTransparentFirstColour().file(),
                new TestPng(50, 16, 6, false).file(),
                Encoded.file("bmp", Sketch.quadrants(50, 50)),
                new GifFile(50, 50)
                        .frame(0, 0, 50, 50, 1, 5, 2, 4)
                        .frame(9, 9, 30, 30, 2, 5, 3, 1)
                        .file()));
        return seeds;
    }

    /** Whatever becomes of a file, it is drawn or refused, and the painter goes on. */
    @Test
    void damagedFilesAreDrawnOrRefused() throws IOException {
        Random random = new Random(42);
        ThumbnailSpec[] specs = {scale(32, 32), crop(32, 32), moving(32, 32)};
        for (byte[] seed : seeds()) {
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] file = damaged(seed, random);
                try {
                    assertThat(easel.draw(file, specs[i % specs.length])).isNotNull();
                } catch (CompletionException refused) {
                    assertThat(refused).hasCauseInstanceOf(MatrixException.class);
                    assertThat(((MatrixException) refused.getCause()).status()).isIn(400, 413);
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

    /** Two hundred at once, in a budget that holds one of the larger ones: all are answered, and all of it is given back. */
    @Test
    void manyAtOnceShareOneBudget() throws IOException {
        MemoryBudget budget = new MemoryBudget(24L * 1024 * 1024);
        long whole = budget.left();
        byte[][] files = {
            plain(3000, 3000, true),
            plain(50_000, 50_000, false),
            Encoded.jpeg(Sketch.photo(1200, 900), true),
            Encoded.WEBP_LOSSY,
            "<html>".getBytes(ISO_8859_1)
        };
        try (Painter painter = new Painter(ThumbnailSettings.DEFAULTS, budget, Duration.ofSeconds(10))) {
            List<CompletableFuture<Drawing>> drawings = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                drawings.add(painter.draw(PictureFile.of(files[i % files.length]), crop(32, 32)));
            }
            for (int i = 0; i < drawings.size(); i++) {
                CompletableFuture<Drawing> drawing = drawings.get(i);
                boolean refused = drawing.handle((drawn, failure) -> failure instanceof MatrixException)
                        .join();
                assertThat(refused).isEqualTo(i % files.length == 1 || i % files.length == 4);
            }
        }
        assertThat(budget.left()).isEqualTo(whole);
    }

    @Test
    void whatNeedsMoreThanTheBudgetIsThinnedOutOrRefused() throws IOException {
        MemoryBudget budget = new MemoryBudget(4L * 1024 * 1024);
        try (Painter painter = new Painter(ThumbnailSettings.DEFAULTS, budget, Duration.ofSeconds(10))) {
            CompletableFuture<Drawing> thinned = painter.draw(PictureFile.of(plain(3000, 3000, true)), crop(32, 32));
            assertThat(thinned.join()).isInstanceOf(Drawing.Drawn.class);
            CompletableFuture<Drawing> refused =
                    painter.draw(PictureFile.of(plain(3000, 3000, true)), scale(2048, 2048));
            assertThat(refused.handle((drawn, failure) -> ((MatrixException) failure).status())
                            .join())
                    .isEqualTo(413);
        }
    }

    @Test
    void tooManyWaitingAreSentAway() throws IOException {
        byte[] file = plain(3000, 3000, false);
        try (Painter painter = new Painter(ThumbnailSettings.DEFAULTS)) {
            List<CompletableFuture<Drawing>> drawings = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                drawings.add(painter.draw(PictureFile.of(file), crop(32, 32)));
            }
            MatrixException full = drawings.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .map(drawing -> (MatrixException)
                            drawing.handle((drawn, failure) -> failure).join())
                    .findFirst()
                    .orElseThrow();
            assertThat(full.status()).isEqualTo(503);
            assertThat(full.retryAfter()).isPresent();
        }
    }
}
