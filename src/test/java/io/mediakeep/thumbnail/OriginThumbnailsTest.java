package io.mediakeep.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.Quarantines;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.server.FederationFixture;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.thumbnail.ThumbnailSpec.Method;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thumbnails of remote media: fetched from the origin when that avoids fetching the original. */
class OriginThumbnailsTest extends FederationFixture {
    private static final ThumbnailSpec BOX = new ThumbnailSpec(320, 320, Method.SCALE, false);

    @TempDir
    Path directory;

    private ThumbnailNode node;
    private Mxc cat;

    @BeforeEach
    void begin() throws IOException {
        cat = Mxc.parse(origin.mxc("cat"));
        node = node(false);
        original(TestImages.png(640, 480, 1));
    }

    @AfterEach
    void end() throws IOException {
        node.close();
    }

    private ThumbnailNode node(boolean frozen) throws IOException {
        NodeOptions options =
                new NodeOptions().frozen(frozen).remote(federation.unsignedMedia(MediaNode.LOCAL, 10 << 20));
        return new ThumbnailNode(H2Database.inMemory(), directory.resolve("blobs"), options);
    }

    @Test
    void theThumbnailOfTheOriginIsFetchedOnce() throws Exception {
        byte[] theirs = TestImages.png(320, 240, 1);
        thumbnail(theirs);
        for (int i = 0; i < 3; i++) {
            assertThat(ThumbnailNode.read(node.open(cat, BOX).join())).isEqualTo(theirs);
        }
        assertThat(requests()).containsExactly("thumbnail");
    }

    @Test
    void aTooLargeThumbnailIsScaledDown() throws Exception {
        thumbnail(TestImages.png(800, 600, 1));
        assertThat(size(BOX)).isEqualTo("320x240");
        assertThat(size(BOX)).isEqualTo("320x240");
        assertThat(requests()).containsExactly("thumbnail");
    }

    @Test
    void aThumbnailOfAnotherAspectRatioIsCropped() throws Exception {
        thumbnail(TestImages.png(400, 300, 1));
        assertThat(size(new ThumbnailSpec(96, 96, Method.CROP, false))).isEqualTo("96x96");
        assertThat(requests()).containsExactly("thumbnail");
    }

    @ParameterizedTest
    @CsvSource({"SCALE, 160, 120, 320x240", "CROP, 400, 200, 320x320", "CROP, 320, 319, 320x320"})
    void aTooSmallThumbnailIsNotUsed(Method method, int width, int height, String size) throws Exception {
        thumbnail(TestImages.png(width, height, 1));
        assertThat(size(new ThumbnailSpec(320, 320, method, false))).isEqualTo(size);
        assertThat(requests()).containsExactly("thumbnail", "download");
    }

    @Test
    void aSmallOriginalIsServed() throws Exception {
        byte[] small = TestImages.png(100, 80, 1);
        thumbnail(small);
        original(small);
        assertThat(ThumbnailNode.read(node.open(cat, BOX).join())).isEqualTo(small);
        node.open(cat, BOX).join();
        assertThat(requests()).containsExactly("thumbnail", "download");
    }

    @Test
    void anInvalidThumbnailIsNotUsed() throws Exception {
        thumbnail("<html>nothing here</html>".getBytes(StandardCharsets.US_ASCII));
        assertThat(size(BOX)).isEqualTo("320x240");
        assertThat(requests()).containsExactly("thumbnail", "download");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 413, 500, 501})
    void withoutAThumbnailTheOriginalIsFetched(int status) throws Exception {
        origin.respond(path("thumbnail"), exchange -> RemoteHomeserver.send(exchange, status, "{}"));
        assertThat(size(BOX)).isEqualTo("320x240");
        assertThat(requests()).containsExactly("thumbnail", "download");
    }

    @Test
    void aRetryAfterOfTheOriginIsObeyed() {
        origin.respond(path("thumbnail"), exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            RemoteHomeserver.send(exchange, 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\"}");
        });
        assertRejected(() -> node.open(cat, BOX).join(), "429 M_LIMIT_EXCEEDED");
        assertThat(requests()).containsExactly("thumbnail");
    }

    @Test
    void pendingMediaIsNotRequestedTwice() {
        origin.respond(
                path("thumbnail"),
                exchange -> RemoteHomeserver.send(exchange, 504, "{\"errcode\":\"M_NOT_YET_UPLOADED\"}"));
        assertRejected(() -> node.open(cat, BOX).join(), "504 M_NOT_YET_UPLOADED");
        assertThat(requests()).containsExactly("thumbnail");
    }

    @Test
    void missingMediaIsNotFound() {
        origin.respond(path("download"), exchange -> RemoteHomeserver.send(exchange, 404, "{}"));
        for (int i = 0; i < 2; i++) {
            assertRejected(() -> node.open(cat, BOX).join(), "404 M_NOT_FOUND");
        }
        assertThat(requests()).containsExactly("thumbnail", "download");
    }

    @Test
    void animatedAndLargeThumbnailsAreRenderedFromTheOriginal() throws Exception {
        thumbnail(TestImages.png(320, 240, 1));
        assertThat(size(new ThumbnailSpec(320, 320, Method.SCALE, true))).isEqualTo("320x240");
        assertThat(size(new ThumbnailSpec(ThumbnailSizes.UNBOUNDED, 500_000, Method.SCALE, false)))
                .isEqualTo("640x480");
        assertThat(size(BOX)).isEqualTo("320x240");
        assertThat(requests()).containsExactly("download");
    }

    @Test
    void aTooLargeOriginalIsABadGateway() throws Exception {
        original(new byte[(int) ThumbnailNode.MAX_SOURCE_SIZE + 1]);
        assertRejected(() -> node.open(cat, BOX).join(), "502 M_TOO_LARGE");
        assertRejected(() -> node.open(cat, BOX).join(), "502 M_TOO_LARGE");
        assertThat(requests()).containsExactly("thumbnail", "download");
    }

    @Test
    void thumbnailsRequireAccessToTheMedia() throws Exception {
        thumbnail(TestImages.png(320, 240, 1));
        try (ThumbnailNode frozen = node(true)) {
            DownloadRequest unauthenticated = ThumbnailNode.request(cat, false, Duration.ZERO);
            assertRejected(() -> frozen.open(unauthenticated, BOX).join(), "404 M_NOT_FOUND");
            assertThat(requests()).isEmpty();
            frozen.open(cat, BOX).join();
            assertRejected(() -> frozen.open(unauthenticated, BOX).join(), "404 M_NOT_FOUND");
        }
    }

    @Test
    void theThumbnailOfAQuarantinedOriginalIsNotFound() throws Exception {
        thumbnail(TestImages.png(320, 240, 1));
        node.open(cat, BOX).join();
        node.open(cat, new ThumbnailSpec(ThumbnailSizes.UNBOUNDED, 500_000, Method.SCALE, false))
                .join();
        node.change("update MediaEntity m set m.quarantined = true where m.mediaId = 'cat'", cat);
        assertRejected(() -> node.open(cat, BOX).join(), "404 M_NOT_FOUND");
    }

    @Test
    void theStoredThumbnailOfAQuarantinedOriginalThatIsNotStoredIsNotServed() throws Exception {
        thumbnail(TestImages.png(320, 240, 1));
        node.open(cat, BOX).join();
        Quarantines.of(node).quarantine(cat, Quarantines.ADMIN);
        assertRejected(() -> node.open(cat, BOX).join(), "404 M_NOT_FOUND");
        Quarantines.of(node).unquarantine(cat);
        node.open(cat, BOX).join();
        assertThat(requests()).containsExactly("thumbnail");
    }

    @Test
    void theThumbnailOfAQuarantinedAndDeletedOriginalIsNotFetched() throws Exception {
        node.read(cat);
        Quarantines.of(node).quarantine(cat, Quarantines.ADMIN);
        node.delete(cat);
        assertRejected(() -> node.open(cat, BOX).join(), "404 M_NOT_FOUND");
        assertThat(requests()).containsExactly("download");
    }

    private void thumbnail(byte[] image) {
        origin.respond(path("thumbnail"), exchange -> send(exchange, image));
    }

    private void original(byte[] image) {
        origin.respond(path("download"), exchange -> send(exchange, image));
    }

    private static void send(HttpExchange exchange, byte[] image) throws IOException {
        exchange.sendResponseHeaders(200, image.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(image);
        }
    }

    private String path(String endpoint) {
        return "/_matrix/media/v3/" + endpoint + "/" + origin.name() + "/cat";
    }

    /** The requests to the origin, in order. */
    private List<String> requests() {
        return origin.requests().stream().map(call -> call.uri().split("/")[4]).toList();
    }

    private String size(ThumbnailSpec spec) throws IOException {
        return TestImages.size(ThumbnailNode.read(node.open(cat, spec).join()));
    }

    private static void assertRejected(ThrowingCallable call, String expected) {
        assertThatThrownBy(call).satisfies(failure -> {
            MatrixException exception =
                    (MatrixException) (failure instanceof MatrixException ? failure : failure.getCause());
            assertThat(exception.status() + " " + exception.code()).isEqualTo(expected);
        });
    }
}
