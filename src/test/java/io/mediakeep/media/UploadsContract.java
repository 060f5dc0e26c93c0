package io.mediakeep.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.testing.Concurrently;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Uploads and downloads on every database. */
interface UploadsContract {

    MediaNode node(NodeOptions options) throws IOException;

    @Test
    default void uploadedContentIsServed() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.upload(MediaNode.ALICE, "a cat");
            assertThat(node.read(mxc)).isEqualTo("a cat");
            assertThat(mxc.mediaId()).hasSizeGreaterThanOrEqualTo(24);
        }
    }

    @Test
    default void anEmptyFileIsStored() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            assertThat(node.read(node.upload(MediaNode.ALICE, ""))).isEmpty();
        }
    }

    @Test
    default void theSameContentIsStoredOnceUnderTwoIds() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc first = node.upload(MediaNode.ALICE, "a cat");
            Mxc second = node.upload(MediaNode.BOB, "a cat");
            assertThat(second).isNotEqualTo(first);
            assertThat(node.rows("BlobEntity")).isEqualTo(1);
            assertThat(files(node)).isEqualTo(1);
            assertThat(node.read(first)).isEqualTo(node.read(second));
        }
    }

    @Test
    default void aRejectedUploadLeavesNothing() throws Exception {
        try (MediaNode node = node(new NodeOptions().quota(10, 10))) {
            assertRejected(ErrorCode.M_FORBIDDEN, 403, () -> node.upload(MediaNode.ALICE, "eleven char"));
            assertRejected(
                    ErrorCode.M_FORBIDDEN,
                    403,
                    () -> node.upload(
                            MediaNode.uploadOf(MediaNode.ALICE, MediaNode.bytes("eleven char"), OptionalLong.empty())));
            assertRejected(
                    ErrorCode.M_TOO_LARGE,
                    413,
                    () -> node.upload(MediaNode.uploadOf(
                            MediaNode.ALICE, MediaNode.bytes("x".repeat(1001)), OptionalLong.empty())));
            assertThatThrownBy(() -> node.upload(MediaNode.uploadOf(MediaNode.ALICE, failing(), OptionalLong.empty())))
                    .isInstanceOf(IOException.class);
            assertThat(node.rows("BlobEntity") + node.rows("MediaEntity")).isZero();
            assertThat(files(node)).isZero();
        }
    }

    @Test
    default void aQuotaAppliesToConcurrentUploads() throws Exception {
        try (MediaNode node = node(new NodeOptions().quota(1000, 5))) {
            List<Object> outcomes =
                    Concurrently.run(12, () -> node.upload(MediaNode.ALICE, "cat " + Thread.currentThread()));
            assertThat(outcomes).filteredOn(Mxc.class::isInstance).hasSize(5);
            assertThat(outcomes).filteredOn(MatrixException.class::isInstance).hasSize(7);
            assertThat(node.usage.of(MediaNode.ALICE).files()).isEqualTo(5);
            assertThat(node.rows("BlobEntity")).isEqualTo(5);
        }
    }

    @Test
    default void theLimitOfReservationsAppliesToConcurrentRequests() throws Exception {
        try (MediaNode node = node(new NodeOptions().maxPending(3))) {
            List<Object> outcomes = Concurrently.run(8, () -> node.uploads.create(MediaNode.ALICE));
            assertThat(outcomes).filteredOn(PendingMedia.class::isInstance).hasSize(3);
            assertThatThrownBy(() -> node.uploads.create(MediaNode.ALICE))
                    .isInstanceOfSatisfying(MatrixException.class, exception -> {
                        assertThat(exception.status()).isEqualTo(429);
                        assertThat(exception.retryAfter()).contains(Duration.ofHours(24));
                    });
            node.uploads.create(MediaNode.BOB);
            node.clock.advance(Duration.ofHours(24));
            node.uploads.create(MediaNode.ALICE);
        }
    }

    @Test
    default void aPutIsRejectedInTheSpecifiedOrder() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.uploads.create(MediaNode.ALICE).mxc();
            Mxc elsewhere = new Mxc(new ServerName("elsewhere.org"), mxc.mediaId());
            Mxc unknown = new Mxc(MediaNode.LOCAL, "unknown");
            assertRejected(
                    ErrorCode.M_NOT_FOUND,
                    404,
                    () -> node.complete(elsewhere, MediaNode.uploadOf(MediaNode.ALICE, "a cat")));
            assertRejected(
                    ErrorCode.M_NOT_FOUND,
                    404,
                    () -> node.complete(unknown, MediaNode.uploadOf(MediaNode.ALICE, "a cat")));
            assertRejected(
                    ErrorCode.M_FORBIDDEN, 403, () -> node.complete(mxc, MediaNode.uploadOf(MediaNode.BOB, "a cat")));
            node.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a cat"));
            assertRejected(
                    ErrorCode.M_FORBIDDEN, 403, () -> node.complete(mxc, MediaNode.uploadOf(MediaNode.BOB, "a dog")));
            assertRejected(
                    ErrorCode.M_CANNOT_OVERWRITE_MEDIA,
                    409,
                    () -> node.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a dog")));
            assertThat(node.read(mxc)).isEqualTo("a cat");
            Mxc late = node.uploads.create(MediaNode.ALICE).mxc();
            node.clock.advance(Duration.ofHours(24));
            assertRejected(
                    ErrorCode.M_NOT_FOUND,
                    404,
                    () -> node.complete(late, MediaNode.uploadOf(MediaNode.ALICE, "a cat")));
        }
    }

    @Test
    default void anAbortedPutLeavesTheUriReserved() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.uploads.create(MediaNode.ALICE).mxc();
            assertThatThrownBy(() ->
                            node.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, failing(), OptionalLong.empty())))
                    .isInstanceOf(IOException.class);
            node.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a cat"));
            assertThat(node.read(mxc)).isEqualTo("a cat");
        }
    }

    @Test
    default void onlyOneUploadRunsToAUri() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.uploads.create(MediaNode.ALICE).mxc();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            ExecutorService other = Executors.newSingleThreadExecutor();
            Future<?> first = other.submit(() -> {
                node.complete(
                        mxc, MediaNode.uploadOf(MediaNode.ALICE, delayed("a cat", begun, goOn), OptionalLong.empty()));
                return null;
            });
            begun.await();
            assertRejected(
                    ErrorCode.M_CANNOT_OVERWRITE_MEDIA,
                    409,
                    () -> node.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a dog")));
            node.clock.advance(PendingCatalog.LEASE.minusSeconds(1));
            node.reservations.renew();
            node.clock.advance(PendingCatalog.LEASE.minusSeconds(1));
            assertRejected(
                    ErrorCode.M_CANNOT_OVERWRITE_MEDIA,
                    409,
                    () -> node.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a dog")));
            goOn.countDown();
            first.get();
            other.shutdown();
            assertThat(node.read(mxc)).isEqualTo("a cat");
        }
    }

    @Test
    default void anExpiredUploadLockIsTakenOver() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.uploads.create(MediaNode.ALICE).mxc();
            node.pendingCatalog.lock(mxc, MediaNode.ALICE); // of a node that was killed
            node.clock.advance(PendingCatalog.LEASE);
            node.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a cat"));
            assertThat(node.read(mxc)).isEqualTo("a cat");
        }
    }

    @Test
    default void aBlobRemovedDuringAnUploadIsStoredAgain() throws Exception {
        AtomicReference<MediaNode> self = new AtomicReference<>();
        AtomicBoolean once = new AtomicBoolean(true);
        try (MediaNode node = node(new NodeOptions().wrapStore(inner -> new ForwardingStore(inner) {
            @Override
            public void put(Spool spool, BlobLocation location) throws IOException {
                super.put(spool, location);
                if (once.getAndSet(false)) {
                    assertThat(self.get().blobs.remove(location)).isTrue();
                    super.put(spool, location); // the delayed put stores what was removed
                }
            }
        }))) {
            self.set(node);
            assertThat(node.read(node.upload(MediaNode.ALICE, "a cat"))).isEqualTo("a cat");
            assertThat(files(node)).isEqualTo(1);
        }
    }

    @Test
    default void referencedBlobsAreNotRemoved() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.upload(MediaNode.ALICE, "a cat");
            BlobLocation blob = node.catalog.findIntact(mxc).orElseThrow().blob();
            assertThat(node.blobs.remove(blob)).isFalse();
            node.cleanup.remove();
            assertThat(node.read(mxc)).isEqualTo("a cat");
            assertThat(node.rows("RemovalCandidateEntity")).isZero();
        }
    }

    @Test
    default void aBlobIsRemovedWithItsLastReference() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc first = node.upload(MediaNode.ALICE, "a cat");
            Mxc second = node.upload(MediaNode.BOB, "a cat");
            node.delete(first);
            node.cleanup.remove();
            assertThat(node.read(second)).isEqualTo("a cat");
            node.delete(second);
            node.cleanup.remove();
            assertThat(files(node)).isZero();
            assertThat(node.rows("BlobEntity") + node.rows("RemovalCandidateEntity"))
                    .isZero();
        }
    }

    @Test
    default void anUploadOfTheSameContentRepairsALostOrDamagedBlob() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc lost = node.upload(MediaNode.ALICE, "a cat");
            Mxc damaged = node.upload(MediaNode.ALICE, "a dog");
            Files.delete(node.open(lost, Duration.ZERO).get().file().orElseThrow());
            Files.writeString(node.open(damaged, Duration.ZERO).get().file().orElseThrow(), "a hog");
            node.upload(MediaNode.BOB, "a cat");
            node.upload(MediaNode.BOB, "a dog");
            assertThat(node.read(lost)).isEqualTo("a cat");
            assertThat(node.read(damaged)).isEqualTo("a dog");
        }
    }

    @Test
    default void onlyOrphansAreRemoved() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc stored = node.upload(MediaNode.ALICE, "a cat");
            registerAndPut(node, "nobody's");
            node.uploads.create(MediaNode.ALICE);
            node.cleanup.remove();
            assertThat(node.rows("BlobEntity")).isEqualTo(2);
            node.clock.advance(Duration.ofHours(24));
            node.cleanup.remove();
            assertThat(node.rows("BlobEntity")).isEqualTo(1);
            assertThat(node.rows("PendingMediaEntity")).isZero();
            assertThat(files(node)).isEqualTo(1);
            assertThat(node.read(stored)).isEqualTo("a cat");
        }
    }

    @Test
    default void anInterruptedRemovalIsCompletedAndDelaysNoUpload() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            assertThat(node.removals.begin(registerAndPut(node, "a cat"))).isTrue();
            Mxc mxc = node.upload(MediaNode.ALICE, "a cat");
            assertThat(files(node)).isEqualTo(2);
            node.clock.advance(BlobCatalog.GRACE);
            node.cleanup.remove();
            assertThat(files(node)).isEqualTo(1);
            assertThat(node.read(mxc)).isEqualTo("a cat");
        }
    }

    @Test
    default void aFailedRemovalIsRetried() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        try (MediaNode node = node(new NodeOptions().wrapStore(inner -> new ForwardingStore(inner) {
            @Override
            public void delete(BlobLocation location) throws IOException {
                switch (failures.incrementAndGet()) {
                    case 1 -> throw new IOException("the disk is away");
                    case 2 -> throw new IllegalStateException("the database is away");
                    default -> {}
                }
                super.delete(location);
            }
        }))) {
            node.delete(node.upload(MediaNode.ALICE, "a cat"));
            for (int failed = 1; failed <= 2; failed++) {
                node.cleanup.remove();
                assertThat(failures).hasValue(failed);
                assertThat(files(node)).isEqualTo(1);
                node.clock.advance(Duration.ofHours(1));
            }
            node.cleanup.remove();
            assertThat(files(node)).isZero();
            assertThat(node.rows("RemovalCandidateEntity")).isZero();
        }
    }

    private static BlobLocation registerAndPut(MediaNode node, String text) throws IOException {
        try (Spool spool = node.spools.receive(MediaNode.bytes(text), 100)) {
            BlobLocation location = node.blobCatalog.register(spool.id(), spool.size());
            node.store.put(spool, location);
            return location;
        }
    }

    @Test
    default void aWaitingRequestCompletesWithTheUpload() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.uploads.create(MediaNode.ALICE).mxc();
            Future<Content> reader = node.open(mxc, Duration.ofMinutes(1));
            assertThat(reader.isDone()).isFalse();
            assertThat(node.pending.awaited()).isEqualTo(1);
            node.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a cat"));
            assertThat(reader.get(20, TimeUnit.SECONDS).size()).isEqualTo(5);
            assertThat(node.pending.awaited()).isZero();
        }
    }

    @Test
    default void aWaitingRequestTimesOut() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.uploads.create(MediaNode.ALICE).mxc();
            assertThatThrownBy(() -> node.open(mxc, Duration.ZERO).get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(MatrixException.class)
                    .satisfies(failure -> assertThat(((MatrixException) failure.getCause()).code())
                            .isEqualTo(ErrorCode.M_NOT_YET_UPLOADED));
            assertThat(node.pending.awaited()).isZero();
        }
    }

    @Test
    default void aWaitingRequestEndsWithTheReservation() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.uploads.create(MediaNode.ALICE).mxc();
            Future<Content> reader = node.open(mxc, Duration.ofMinutes(1));
            node.clock.advance(Duration.ofHours(24));
            node.pending.checkAll();
            assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(MatrixException.class)
                    .satisfies(failure -> assertThat(((MatrixException) failure.getCause()).code())
                            .isEqualTo(ErrorCode.M_NOT_FOUND));
        }
    }

    @Test
    default void frozenMediaRequiresAToken() throws Exception {
        try (MediaNode node = node(new NodeOptions().frozen(true))) {
            Mxc mxc = node.upload(MediaNode.ALICE, "a cat");
            DownloadRequest legacy = new DownloadRequest(mxc, false, true, "127.0.0.1", Deadline.in(Duration.ZERO));
            assertThatThrownBy(() ->
                            node.downloads.open(legacy).toCompletableFuture().get())
                    .hasCauseInstanceOf(MatrixException.class);
            assertThat(node.read(mxc)).isEqualTo("a cat");
        }
    }

    @Test
    default void lastAccessTimesAreWrittenLater() throws Exception {
        try (MediaNode node = node(new NodeOptions())) {
            Mxc mxc = node.upload(MediaNode.ALICE, "a cat");
            node.clock.advance(MediaCatalog.ACCESS_PRECISION);
            long time = node.clock.millis();
            node.read(mxc);
            node.accesses.write();
            assertThat(lastAccess(node)).isEqualTo(time);
            node.clock.advance(MediaCatalog.ACCESS_PRECISION.minusMillis(1));
            node.read(mxc);
            node.accesses.write();
            assertThat(lastAccess(node)).isEqualTo(time);
        }
    }

    private static long lastAccess(MediaNode node) {
        return node.transactions.call(
                entities -> entities.createQuery("select lastAccessAt from MediaEntity", Long.class)
                        .getSingleResult());
    }

    private static void assertRejected(ErrorCode code, int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MatrixException.class, exception -> {
            assertThat(exception.code()).isEqualTo(code);
            assertThat(exception.status()).isEqualTo(status);
        });
    }

    /** The number of files of blobs and spools, without lock files. */
    private static long files(MediaNode node) throws IOException {
        try (Stream<Path> all = Files.walk(node.directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .count();
        }
    }

    private static InputStream failing() {
        return new SequenceInputStream(MediaNode.bytes("half a"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client went away");
            }
        });
    }

    /** A body whose end is delayed until it is released. */
    private static InputStream delayed(String text, CountDownLatch begun, CountDownLatch goOn) {
        return new SequenceInputStream(MediaNode.bytes(text), new InputStream() {
            @Override
            public int read() throws IOException {
                begun.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException interrupted) {
                    throw new IOException(interrupted);
                }
                return -1;
            }
        });
    }
}
