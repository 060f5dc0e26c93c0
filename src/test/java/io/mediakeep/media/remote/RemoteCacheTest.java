package io.mediakeep.media.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.admin.removal.RetentionSettings;
import io.mediakeep.admin.removal.TestRetention;
import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.limits.FetchLimits;
import io.mediakeep.limits.FetchSettings;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.Sha256;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.Quarantines;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.ContentInProgress;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.content.RemoteFetch;
import io.mediakeep.media.download.Downloads;
import io.mediakeep.testing.ByteSourceInputStream;
import io.mediakeep.testing.Completed;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.server.FederationFixture;
import io.mediakeep.testing.server.RemoteHomeserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remote media: fetched once, sent while it is received, stored when it is complete. */
class RemoteCacheTest extends FederationFixture {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private MediaNode node;
    private Mxc cat;

    @BeforeEach
    void begin() throws IOException {
        cat = Mxc.parse(origin.mxc("cat"));
        node = node(new NodeOptions());
    }

    @AfterEach
    void end() throws IOException {
        node.close();
    }

    private MediaNode node(NodeOptions options) throws IOException {
        RemoteMedia origins = federation.unsignedMedia(MediaNode.LOCAL, 1 << 20);
        return new MediaNode(H2Database.inMemory(), directory.resolve("blobs"), options.remote(origins));
    }

    @Test
    void fetchedMediaIsStored() throws Exception {
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        assertThat(node.read(cat)).isEqualTo("meow");
        assertThat(node.read(cat)).isEqualTo("meow");
        assertThat(origin.requests()).hasSize(1);
        assertThat(node.rows("UsageEntity")).isZero();
    }

    @Test
    void lostOrDamagedMediaIsFetchedAgainAtOnce() throws Exception {
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        node.read(cat);
        Path file = node.open(cat, TIMEOUT).join().file().orElseThrow();
        Files.writeString(file, "me");
        assertThat(node.open(cat, TIMEOUT).join().size()).isEqualTo(4);
        assertThat(node.read(cat)).isEqualTo("meow");
        Files.delete(file);
        assertThat(node.open(cat, TIMEOUT).join().size()).isEqualTo(4);
        assertThat(node.read(cat)).isEqualTo("meow");
        assertThat(origin.requests()).hasSize(3);
        assertThat(node.rows("MediaEntity")).isOne();
    }

    @Test
    void changedContentOfTheOriginReplacesADamagedBlob() throws Exception {
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        node.read(cat);
        Files.delete(node.open(cat, TIMEOUT).join().file().orElseThrow());
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "purr!"));
        assertThat(node.open(cat, TIMEOUT).join().size()).isEqualTo(5);
        assertThat(node.read(cat)).isEqualTo("purr!");
        node.cleanup.remove();
        assertThat(node.rows("BlobEntity")).isOne();
    }

    @Test
    void quarantinedMediaWithADamagedBlobIsNotFetchedAgain() throws Exception {
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        node.read(cat);
        Content content = node.open(cat, TIMEOUT).join();
        node.transactions.run(entities -> entities.createQuery("update MediaEntity set quarantined = true")
                .executeUpdate());
        Files.delete(content.file().orElseThrow());
        node.blobs.damage().recordDamaged(content.blob(), content.size());
        assertRejected(() -> node.open(cat, TIMEOUT).join(), "404 M_NOT_FOUND");
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void fetchedContentThatIsQuarantinedIsStoredAndNotServed() throws Exception {
        Quarantines.of(node).quarantine(node.upload(MediaNode.ALICE, "meow"), Quarantines.ADMIN);
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        assertRejected(() -> node.open(cat, TIMEOUT).join(), "404 M_NOT_FOUND");
        assertRejected(() -> node.open(cat, TIMEOUT).join(), "404 M_NOT_FOUND");
        assertThat(origin.requests()).hasSize(1);
        assertThat(node.rows("MediaEntity")).isEqualTo(2);
    }

    @Test
    void fetchedContentThatIsBlockedIsNotStored() throws Exception {
        BlobId meow = new BlobId(Sha256.hex("meow"));
        Quarantines.hashes(node).block(List.of(Map.entry(meow, Optional.empty())), Quarantines.ADMIN);
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        assertRejected(() -> node.open(cat, TIMEOUT).join(), "404 M_NOT_FOUND");
        assertThat(node.rows("MediaEntity") + node.rows("BlobEntity")).isZero();
    }

    @Test
    void aReaderOfQuarantinedContentDoesNotGetTheLastByte() throws Exception {
        Quarantines.of(node).quarantine(node.upload(MediaNode.ALICE, "meowpurr"), Quarantines.ADMIN);
        CountDownLatch seen = new CountDownLatch(1);
        respondInTwoParts("meow", seen, "purr");
        try (InputStream reader = new ByteSourceInputStream(receiving().source())) {
            assertThat(reader.readNBytes(3)).asString().isEqualTo("meo");
            seen.countDown();
            assertRejected(reader::readAllBytes, "404 M_NOT_FOUND");
        }
    }

    @Test
    void theSameContentOfSeveralOriginsIsStoredOnce() throws Exception {
        node.upload(MediaNode.ALICE, "meow");
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        node.read(cat);
        assertThat(node.rows("MediaEntity")).isEqualTo(2);
        assertThat(node.rows("BlobEntity")).isEqualTo(1);
    }

    @Test
    void concurrentRequestsShareOneFetch() throws Exception {
        CountDownLatch requested = new CountDownLatch(20);
        origin.respond(path("cat"), exchange -> {
            await(requested);
            RemoteHomeserver.send(exchange, 200, "meow");
        });
        List<Object> responses = Concurrently.run(20, () -> {
            var content = node.open(cat, TIMEOUT);
            requested.countDown();
            return content.join().size();
        });
        assertThat(responses).hasSize(20).containsOnly(4L);
        assertThat(origin.requests()).hasSize(1);
    }

    /** What was stored by it may be lost or deleted since. */
    @Test
    void aFetchThatHasEndedIsNotJoined() {
        CountDownLatch seen = new CountDownLatch(1);
        respondInTwoParts("meow", seen, "purr");
        RemoteFetch fetch = node.remote.fetch(request(cat, true, true));
        CompletableFuture<RemoteFetch> next =
                fetch.stored().thenApply(media -> node.remote.fetch(request(cat, true, true)));
        seen.countDown();
        assertThat(next.join()).isNotSameAs(fetch);
    }

    /** The last dependent of a future runs first, so the media is deleted before the waiting request sees it. */
    @Test
    void mediaThatIsDeletedWhileARequestWaitsIsNotServed() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        respondInTwoParts("meow", seen, "purr");
        receiving().source().close();
        CompletableFuture<Content> waiting = node.open(cat, TIMEOUT);
        CompletableFuture<Void> deletion =
                node.remote.fetch(request(cat, true, true)).stored().thenAccept(media -> node.delete(cat));
        seen.countDown();
        assertRejected(waiting::join, "404 M_NOT_FOUND");
        deletion.join();
    }

    @Test
    void bytesAreSentWhileTheyAreReceivedAndTheLastOneWhenComplete() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        respondInTwoParts("meow", seen, "purr");
        try (InputStream first = new ByteSourceInputStream(receiving().source());
                InputStream later = new ByteSourceInputStream(receiving().source())) {
            assertThat(first.readNBytes(3)).asString().isEqualTo("meo");
            assertThat(later.readNBytes(3)).asString().isEqualTo("meo");
            assertThat(node.rows("MediaEntity")).isZero();
            seen.countDown();
            assertThat(first.readNBytes(5)).asString().isEqualTo("wpurr");
            assertThat(later.readAllBytes()).asString().isEqualTo("wpurr");
        }
    }

    @Test
    void readersDoNotWaitForStorage() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        respondInTwoParts("me", sent, "owpurr");
        try (MediaNode full = node(new NodeOptions().wrapStore(inner -> new FullStore(inner, seen)))) {
            try (InputStream first = new ByteSourceInputStream(receiving(full).source());
                    InputStream later =
                            new ByteSourceInputStream(receiving(full).source())) {
                sent.countDown();
                assertThat(first.readAllBytes()).asString().isEqualTo("meowpurr");
                CompletableFuture<Content> whole = full.open(cat, TIMEOUT);
                seen.countDown();
                assertRejected(whole::join, "507 M_UNKNOWN");
                assertThat(later.readAllBytes()).asString().isEqualTo("meowpurr");
            }
            Eventually.holds(() -> assertThat(files()).isZero());
            assertThat(full.rows("MediaEntity")).isZero();
        }
    }

    /** Readers have all of it before it is stored; on a failure they cannot fetch it again. */
    @Test
    void completelyReceivedContentIsStoredBeforeAStop() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        try (MediaNode slow = node(new NodeOptions().wrapStore(inner -> new ForwardingStore(inner) {
            @Override
            public void put(Spool spool, BlobLocation location) throws IOException {
                await(go);
                super.put(spool, location);
            }
        }))) {
            try (InputStream reader = new ByteSourceInputStream(receiving(slow).source())) {
                assertThat(reader.readAllBytes()).asString().isEqualTo("meow");
            }
            CompletableFuture<Void> stop = CompletableFuture.runAsync(slow.remote::close);
            assertThat(slow.rows("MediaEntity")).isZero();
            go.countDown();
            stop.get(30, TimeUnit.SECONDS);
            assertThat(slow.rows("MediaEntity")).isOne();
        }
    }

    /** A disk without free space, which is detected after the test sets it. */
    private static final class FullStore extends ForwardingStore {
        private final CountDownLatch seen;

        FullStore(BlobStore inner, CountDownLatch seen) {
            super(inner);
            this.seen = seen;
        }

        @Override
        public void put(Spool spool, BlobLocation location) throws IOException {
            await(seen);
            throw new IOException("No space left on device");
        }
    }

    @Test
    void eachReaderHasItsOwnDeadline() throws Exception {
        CountDownLatch joined = new CountDownLatch(1);
        origin.respond(path("cat"), exchange -> {
            boolean withoutTimeout = exchange.getRequestURI().getQuery().contains("timeout_ms=0");
            if (withoutTimeout) {
                await(joined);
                RemoteHomeserver.send(exchange, 504, "{\"errcode\":\"M_NOT_YET_UPLOADED\"}");
            } else {
                RemoteHomeserver.send(exchange, 200, "meow");
            }
        });
        CompletableFuture<Content> withoutTimeout = node.open(cat, Duration.ZERO);
        CompletableFuture<Content> withTimeout = node.open(cat, TIMEOUT);
        joined.countDown();
        assertRejected(withoutTimeout::join, "504 M_NOT_YET_UPLOADED");
        assertThat(withTimeout.join().size()).isEqualTo(4);
        assertThat(origin.requests()).hasSize(2);
    }

    @Test
    void aRequestWithoutTimeoutGetsTheCachedNotYetUploaded() throws Exception {
        origin.respond(
                path("cat"), exchange -> RemoteHomeserver.send(exchange, 504, "{\"errcode\":\"M_NOT_YET_UPLOADED\"}"));
        assertRejected(() -> node.open(cat, Duration.ZERO).join(), "504 M_NOT_YET_UPLOADED");
        assertRejected(() -> node.open(cat, Duration.ZERO), "504 M_NOT_YET_UPLOADED");
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void aReaderThatClosesDoesNotEndTheFetch() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        respondInTwoParts("meow", left, "purr");
        new ByteSourceInputStream(receiving().source()).close();
        left.countDown();
        assertThat(node.read(cat)).isEqualTo("meowpurr");
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void aTruncatedFetchFailsForAllReadersAndLeavesNothing() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        origin.respond(path("cat"), exchange -> {
            exchange.sendResponseHeaders(200, 8);
            exchange.getResponseBody().write("meow".getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            await(seen);
            throw new IOException("the line breaks");
        });
        try (InputStream bytes = new ByteSourceInputStream(receiving().source())) {
            assertThat(bytes.readNBytes(3)).asString().isEqualTo("meo");
            seen.countDown();
            assertRejected(bytes::readAllBytes, "502 M_UNKNOWN");
        }
        Eventually.holds(() -> assertThat(files()).isZero());
        assertThat(node.rows("MediaEntity") + node.rows("BlobEntity")).isZero();
        assertRejected(() -> node.read(cat), "502 M_UNKNOWN");
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void aTooLargeFetchOfUnknownLengthLeavesNothing() throws Exception {
        origin.respond(path("cat"), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[64 << 10];
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(block);
                }
            }
        });
        assertRejected(() -> node.read(cat), "502 M_TOO_LARGE");
        Eventually.holds(() -> assertThat(files()).isZero());
        assertThat(node.rows("MediaEntity") + node.rows("BlobEntity")).isZero();
    }

    @Test
    void aSlowOriginIsABadGateway() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        origin.respond(path("cat"), exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("me".getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            await(later);
            exchange.getResponseBody().write("ow".getBytes(StandardCharsets.US_ASCII));
        });
        try (InputStream reader = new ByteSourceInputStream(receiving().source())) {
            assertThat(reader.read()).isEqualTo('m');
            node.clock.advance(Duration.ofMinutes(2));
            later.countDown();
            assertThatThrownBy(reader::readAllBytes).hasMessageContaining("too slowly");
        }
        assertRejected(() -> node.read(cat), "502 M_UNKNOWN");
    }

    @Test
    void aFetchThatFailedBeforeItWasOpenedFailsItsReaders() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        origin.respond(path("cat"), exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().flush();
            await(later);
        });
        ContentInProgress receiving = receiving();
        later.countDown();
        assertRejected(() -> Completed.of(receiving.complete()), "502 M_UNKNOWN");
        assertRejected(() -> new ByteSourceInputStream(receiving.source()).read(), "502 M_UNKNOWN");
    }

    @Test
    void aFailureIsCachedForAWhile() throws Exception {
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 404, "{\"errcode\":\"M_NOT_FOUND\"}"));
        assertRejected(() -> node.read(cat), "404 M_NOT_FOUND");
        assertRejected(() -> node.read(cat), "404 M_NOT_FOUND");
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void aFetchThatIsQueuedTooLongIsRejectedWithoutARequest() throws Exception {
        int share = 5; // of one caller
        CountDownLatch running = new CountDownLatch(share);
        CountDownLatch goOn = new CountDownLatch(1);
        for (int i = 0; i < share; i++) {
            origin.respond(path("cat" + i), exchange -> {
                running.countDown();
                await(goOn);
                RemoteHomeserver.send(exchange, 200, "meow");
            });
        }
        try (FetchExecutor fetchers =
                new FetchExecutor(new FetchLimits(FetchSettings.DEFAULTS), Duration.ofSeconds(1))) {
            Downloads downloads = node.downloadsThrough(fetchers);
            List<CompletableFuture<Content>> served = new ArrayList<>();
            for (int i = 0; i < share; i++) {
                DownloadRequest request = request(Mxc.parse(origin.mxc("cat" + i)), true, true);
                served.add(downloads.openWhole(request).toCompletableFuture());
            }
            running.await();
            assertRejected(downloads.open(request(cat, true, true)).toCompletableFuture()::join, "503 M_UNKNOWN");
            goOn.countDown();
            served.forEach(CompletableFuture::join);
        }
        assertThat(origin.requests()).hasSize(share);
    }

    @Test
    void nothingIsFetchedForRequestsThatMayNotFetch() {
        assertRejected(() -> node.downloads.open(request(cat, true, false)), "404 M_NOT_FOUND");
        assertThat(origin.requests()).isEmpty();
    }

    @Test
    void withFrozenMediaNothingIsFetchedForUnauthenticatedRequests() throws Exception {
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        try (MediaNode frozen = node(new NodeOptions().frozen(true))) {
            assertRejected(() -> frozen.downloads.open(request(cat, false, true)), "404 M_NOT_FOUND");
            assertThat(origin.requests()).isEmpty();
            assertThat(frozen.read(cat)).isEqualTo("meow");
            assertRejected(
                    () -> frozen.downloads
                            .open(request(cat, false, true))
                            .toCompletableFuture()
                            .join(),
                    "404 M_NOT_FOUND");
        }
    }

    @Test
    void localMediaIsNotFetched() {
        assertRejected(() -> node.read(new Mxc(MediaNode.LOCAL, "nothing")), "404 M_NOT_FOUND");
        assertRejected(() -> node.read(new Mxc(new ServerName("localhost"), "cat")), "502 M_UNKNOWN");
    }

    @Test
    void unusedMediaIsRemovedAndFetchedAgain() throws Exception {
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        origin.respond(path("dog"), exchange -> RemoteHomeserver.send(exchange, 200, "woof"));
        Mxc dog = Mxc.parse(origin.mxc("dog"));
        Mxc ours = node.upload(MediaNode.ALICE, "ours");
        node.read(cat);
        node.read(dog);
        node.clock.advance(Duration.ofDays(20));
        node.read(dog);
        node.accesses.write();
        node.clock.advance(Duration.ofDays(11));
        TestRetention.enforce(node, RetentionSettings.DEFAULTS);
        assertThat(node.rows("MediaEntity")).isEqualTo(3);
        TestRetention.enforce(node, TestRetention.remoteAfter(Duration.ofDays(30)));
        node.cleanup.remove();
        assertThat(node.rows("MediaEntity")).isEqualTo(2);
        assertThat(node.rows("BlobEntity")).isEqualTo(2);
        assertThat(files()).isEqualTo(2);
        assertThat(node.read(ours)).isEqualTo("ours");
        assertThat(origin.requests()).hasSize(2);
        assertThat(node.read(cat)).isEqualTo("meow");
        assertThat(origin.requests()).hasSize(3);
    }

    @Test
    void quarantinedMediaIsNeitherRemovedNorFetchedAgain() throws Exception {
        origin.respond(path("cat"), exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        node.read(cat);
        node.transactions.run(entities -> entities.createQuery("update MediaEntity set quarantined = true")
                .executeUpdate());
        node.database.announcements().notifyListeners(cat.toString());
        node.clock.advance(Duration.ofDays(100));
        TestRetention.enforce(node, TestRetention.remoteAfter(Duration.ofDays(30)));
        assertRejected(() -> node.read(cat), "404 M_NOT_FOUND");
        assertThat(origin.requests()).hasSize(1);
    }

    private ContentInProgress receiving() {
        return receiving(node);
    }

    private ContentInProgress receiving(MediaNode at) {
        return (ContentInProgress) at.downloads
                .open(request(cat, true, true))
                .toCompletableFuture()
                .join();
    }

    private DownloadRequest request(Mxc mxc, boolean authenticated, boolean mayFetch) {
        return new DownloadRequest(mxc, authenticated, mayFetch, "@reader:example.org", Deadline.in(TIMEOUT));
    }

    /** The legacy path: this server has no signing key. */
    private String path(String mediaId) {
        return "/_matrix/media/v3/download/" + origin.name() + "/" + mediaId;
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("blobs"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .count();
        }
    }

    private static void assertRejected(ThrowingCallable call, String expected) {
        assertThatThrownBy(call).satisfies(failure -> {
            Throwable cause = failure instanceof MatrixException ? failure : failure.getCause();
            assertThat(failure)
                    .isInstanceOfAny(
                            MatrixException.class,
                            CompletionException.class,
                            java.util.concurrent.ExecutionException.class);
            MatrixException exception = (MatrixException) cause;
            assertThat(exception.status() + " " + exception.code()).isEqualTo(expected);
        });
    }

    /** Sends the second part of the cat after an event. */
    private void respondInTwoParts(String first, CountDownLatch event, String second) {
        origin.respond(path("cat"), exchange -> {
            exchange.sendResponseHeaders(200, (long) first.length() + second.length());
            OutputStream out = exchange.getResponseBody();
            out.write(first.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await(event);
            out.write(second.getBytes(StandardCharsets.US_ASCII));
            out.close();
        });
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new IOException(closed);
        }
    }
}
