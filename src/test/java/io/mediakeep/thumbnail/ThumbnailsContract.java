package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.ThumbnailSpec.Method.CROP;
import static io.mediakeep.thumbnail.ThumbnailSpec.Method.SCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.testing.Completed;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The contract of thumbnails, on every database. */
interface ThumbnailsContract {
    ThumbnailSpec AVATAR = new ThumbnailSpec(96, 96, CROP, false);
    ThumbnailSpec SMALL = new ThumbnailSpec(32, 32, CROP, false);
    ThumbnailSpec WIDE = new ThumbnailSpec(320, 240, SCALE, false);
    ThumbnailSpec WIDER = new ThumbnailSpec(480, 360, SCALE, false);

    /** A node on a database of the test, or on the same one as the node before it. */
    ThumbnailNode node(boolean frozen) throws IOException;

    @Test
    default void aThumbnailIsRenderedOnceAndStored() throws Exception {
        try (ThumbnailNode node = node(false)) {
            byte[] image = TestImages.png(400, 300, 1);
            Mxc mxc = node.upload(image);
            Content first = node.open(mxc, AVATAR).get();
            int opened = node.files.opened(hash(image));
            Content second = node.open(mxc, AVATAR).get();
            assertThat(TestImages.size(ThumbnailNode.read(second))).isEqualTo("96x96");
            assertThat(second).isEqualTo(first);
            assertThat(second.fileName())
                    .hasValueSatisfying(name -> assertThat(name).isIn("thumbnail.png", "thumbnail.jpg"));
            assertThat(second.contentType().value()).isIn("image/png", "image/jpeg");
            assertThat(node.files.opened(hash(image))).isEqualTo(opened).isPositive();
        }
    }

    @Test
    default void storedThumbnailsSurviveARestart() throws Exception {
        byte[] image = TestImages.png(400, 300, 1);
        Mxc mxc;
        Content first;
        try (ThumbnailNode node = node(false)) {
            mxc = node.upload(image);
            first = node.open(mxc, WIDE).get();
        }
        try (ThumbnailNode node = node(false)) {
            Content again = node.open(mxc, WIDE).get();
            assertThat(again.sha256()).isEqualTo(first.sha256());
            assertThat(node.files.opened(hash(image))).isZero();
        }
    }

    @Test
    default void theUseOfTheOriginalIsStored() throws Exception {
        try (ThumbnailNode node = node(false)) {
            byte[] image = TestImages.png(64, 48, 1);
            Mxc mxc = node.upload(image);
            assertThat(ThumbnailNode.read(node.open(mxc, WIDE).get())).isEqualTo(image);
            int opened = node.files.opened(hash(image));
            Content again = node.open(mxc, WIDE).get();
            assertThat(again.sha256()).isEqualTo(hash(image).sha256());
            assertThat(again.contentType()).hasToString("image/png");
            assertThat(again.fileName()).contains("thumbnail.png");
            assertThat(node.files.opened(hash(image))).isEqualTo(opened);
            assertThat(node.rows("BlobEntity")).isEqualTo(1);
        }
    }

    @Test
    default void concurrentRequestsShareOneRendering() throws Exception {
        try (ThumbnailNode node = node(false)) {
            byte[] alone = TestImages.png(1200, 900, 1);
            byte[] shared = TestImages.png(1200, 900, 2);
            node.open(node.upload(alone), WIDE).get();
            Mxc mxc = node.upload(shared);
            List<Object> outcomes =
                    Concurrently.run(12, () -> node.open(mxc, WIDE).get().sha256());
            assertThat(outcomes).allMatch(String.class::isInstance);
            assertThat(outcomes.stream().distinct()).hasSize(1);
            assertThat(node.files.opened(hash(shared))).isEqualTo(node.files.opened(hash(alone)));
        }
    }

    @Test
    default void theLeastRecentlyUsedThumbnailIsRemovedWithItsBlob() throws Exception {
        try (ThumbnailNode node = node(false)) {
            Mxc mxc = node.upload(TestImages.png(1200, 900, 1));
            Content oldest = null;
            for (ThumbnailSpec spec : List.of(AVATAR, SMALL, WIDE)) {
                Content rendered = node.open(mxc, spec).get();
                oldest = oldest == null ? rendered : oldest;
                node.clock.advance(Duration.ofMinutes(1));
            }
            Content leastUsed = node.open(mxc, SMALL).get();
            node.clock.advance(Duration.ofMinutes(1));
            node.open(mxc, AVATAR).get();
            node.open(mxc, WIDE).get();
            node.thumbnailAccesses.write();
            node.clock.advance(Duration.ofMinutes(1));
            Content newest = node.open(mxc, WIDER).get();
            assertThat(node.thumbnailCatalog.of(mxc))
                    .containsOnlyKeys(AVATAR, WIDE, WIDER)
                    .hasSize(ThumbnailNode.MAX_VARIANTS);
            node.cleanup.remove();
            assertThat(node.rows("BlobEntity")).isEqualTo(1 + ThumbnailNode.MAX_VARIANTS);
            assertThat(ThumbnailNode.read(oldest)).isNotEmpty();
            assertThat(ThumbnailNode.read(newest)).isNotEmpty();
            assertThatThrownBy(() -> ThumbnailNode.read(leastUsed)).isInstanceOf(MatrixException.class);
            assertThat(TestImages.size(ThumbnailNode.read(node.open(mxc, SMALL).get())))
                    .isEqualTo("32x32");
        }
    }

    @Test
    default void theLimitOfVariantsAppliesToConcurrentRenderings() throws Exception {
        try (ThumbnailNode node = node(false)) {
            Mxc mxc = node.upload(TestImages.png(400, 300, 1));
            AtomicInteger width = new AtomicInteger(50);
            List<Object> outcomes = Concurrently.run(
                    8,
                    () -> node.open(mxc, new ThumbnailSpec(width.incrementAndGet(), 48, CROP, false))
                            .get());
            assertThat(outcomes).hasSize(8).allMatch(Content.class::isInstance);
            assertThat(node.rows("ThumbnailEntity")).isEqualTo(ThumbnailNode.MAX_VARIANTS);
        }
    }

    @Test
    default void aDamagedThumbnailIsRenderedAgain() throws Exception {
        Mxc mxc;
        Content intact;
        try (ThumbnailNode node = node(false)) {
            mxc = node.upload(TestImages.png(400, 300, 1));
            intact = node.open(mxc, WIDE).get();
            byte[] bytes = ThumbnailNode.read(intact);
            bytes[bytes.length / 2] ^= 1;
            Path file = node.files.fileOf(intact.blob());
            Files.delete(file);
            Files.write(file, bytes);
        }
        try (ThumbnailNode node = node(false)) {
            assertThat(TestImages.size(ThumbnailNode.read(node.open(mxc, WIDE).get())))
                    .isEqualTo("320x240");
            assertThat(hash(Files.readAllBytes(node.files.fileOf(intact.blob()))))
                    .isEqualTo(intact.blob().id());
        }
    }

    @Test
    default void aTruncatedOrMissingThumbnailIsRenderedAgain() throws Exception {
        try (ThumbnailNode node = node(false)) {
            node.files.returnsFiles = true;
            Mxc mxc = node.upload(TestImages.png(400, 300, 1));
            Content intact = node.open(mxc, WIDE).get();
            byte[] bytes = ThumbnailNode.read(intact);
            Path file = node.files.fileOf(intact.blob());
            Files.write(file, new byte[] {1, 2, 3});
            assertThat(ThumbnailNode.read(node.open(mxc, WIDE).get())).isEqualTo(bytes);
            Files.delete(file);
            assertThat(ThumbnailNode.read(node.open(mxc, WIDE).get())).isEqualTo(bytes);
        }
    }

    @Test
    default void thumbnailsAreRemovedWithTheirMedia() throws Exception {
        try (ThumbnailNode node = node(false)) {
            byte[] image = TestImages.png(400, 300, 1);
            ExpiringMedia.Source source = new ExpiringMedia.Source(
                    ContentType.OCTET_STREAM, Optional.empty(), image.length, new ByteArrayInputStream(image));
            Mxc mxc = node.expiring
                    .store(source, node.clock.instant().plus(Duration.ofHours(1)))
                    .mxc();
            node.open(mxc, WIDE).get();
            node.clock.advance(Duration.ofHours(1));
            assertThat(node.expiring.removeExpired(10)).isEqualTo(1);
            assertThat(node.rows("ThumbnailEntity")).isZero();
            assertRejected(404, () -> node.open(mxc, WIDE).get());
            node.cleanup.remove();
            assertThat(node.rows("BlobEntity")).isZero();
        }
    }

    @Test
    default void noThumbnailIsAddedToDeletedMedia() throws Exception {
        try (ThumbnailNode node = node(false)) {
            Mxc mxc = node.upload(TestImages.png(64, 48, 1));
            Content original = node.open(mxc, WIDE).get();
            node.change("delete from MediaEntity", mxc);
            Thumbnail thumbnail = new Thumbnail("image/png", original.size(), original.blob());
            assertThatThrownBy(() -> node.thumbnailCatalog.addOriginal(new ThumbnailKey(mxc, SMALL), thumbnail))
                    .isInstanceOf(MatrixException.class);
            assertThat(node.rows("ThumbnailEntity")).isZero();
        }
    }

    @Test
    default void aQuarantineHidesThumbnailsAtOnce() throws Exception {
        try (ThumbnailNode node = node(false)) {
            Mxc mxc = node.upload(TestImages.png(400, 300, 1));
            node.open(mxc, WIDE).get();
            node.change("update MediaEntity set quarantined = true", mxc);
            assertRejected(404, () -> node.open(mxc, WIDE).get());
            assertRejected(404, () -> node.open(mxc, AVATAR).get());
        }
    }

    @Test
    default void thumbnailsOfFrozenMediaRequireAToken() throws Exception {
        try (ThumbnailNode node = node(true)) {
            Mxc mxc = node.upload(TestImages.png(400, 300, 1));
            DownloadRequest legacy = ThumbnailNode.request(mxc, false, Duration.ZERO);
            assertRejected(404, () -> node.open(legacy, WIDE).get());
            assertThat(TestImages.size(ThumbnailNode.read(node.open(mxc, WIDE).get())))
                    .isEqualTo("320x240");
            assertRejected(404, () -> node.open(legacy, WIDE).get());
        }
    }

    @Test
    default void aThumbnailOfPendingMediaWaits() throws Exception {
        try (ThumbnailNode node = node(false)) {
            Mxc mxc = node.uploads.create(ThumbnailNode.ALICE).mxc();
            assertRejected(504, () -> node.open(mxc, AVATAR).get());
            DownloadRequest waitingRequest = ThumbnailNode.request(mxc, true, Duration.ofMinutes(1));
            CompletableFuture<Content> waiting = node.open(waitingRequest, AVATAR);
            Completed.of(node.uploads.complete(mxc, ThumbnailNode.uploadOf(TestImages.png(400, 300, 1))));
            assertThat(TestImages.size(ThumbnailNode.read(waiting.get(30, TimeUnit.SECONDS))))
                    .isEqualTo("96x96");
        }
    }

    @Test
    default void dataThatIsNoImageIsRejectedAndNotRetried() throws Exception {
        try (ThumbnailNode node = node(false)) {
            byte[] text = "a cat".getBytes(StandardCharsets.UTF_8);
            Mxc mxc = node.upload(text);
            assertRejected(400, () -> node.open(mxc, AVATAR).get());
            int opened = node.files.opened(hash(text));
            assertRejected(400, () -> node.open(mxc, AVATAR).get());
            assertThat(node.files.opened(hash(text))).isEqualTo(opened).isPositive();
            assertThat(node.rows("ThumbnailEntity")).isZero();
        }
    }

    @Test
    default void aTooLargeFileIsNotOpened() throws Exception {
        try (ThumbnailNode node = node(false)) {
            byte[] large = new byte[(int) ThumbnailNode.MAX_SOURCE_SIZE + 1];
            Mxc mxc = node.upload(large);
            assertRejected(413, () -> node.open(mxc, AVATAR).get());
            assertThat(node.files.opened(hash(large))).isZero();
        }
    }

    @Test
    default void thumbnailsDoNotCountAgainstAQuota() throws Exception {
        try (ThumbnailNode node = node(false)) {
            byte[] image = TestImages.png(400, 300, 1);
            node.open(node.upload(image), WIDE).get();
            long bytes = node.transactions.call(
                    entities -> entities.createQuery("select sum(bytes) from UsageEntity", Long.class)
                            .getSingleResult());
            assertThat(bytes).isEqualTo(image.length);
        }
    }

    private static void assertRejected(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.status()).isEqualTo(status));
    }

    static BlobId hash(byte[] bytes) throws Exception {
        return new BlobId(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
}
