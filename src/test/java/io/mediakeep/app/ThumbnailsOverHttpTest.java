package io.mediakeep.app;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static io.mediakeep.testing.Client.legacyThumbnail;
import static io.mediakeep.testing.Client.thumbnail;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.HostileImages;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP interface of thumbnails: every parameter, status and header, over the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThumbnailsOverHttpTest {
    private static final String AVATAR = "width=96&height=96&method=crop";

    @TempDir
    static Path directory;

    private ServerInProcess server;
    private Client alice;
    private Client anonymous;
    private String image;

    @BeforeAll
    void start() throws Exception {
        server = new ServerInProcess(
                directory.resolve("plain"),
                Map.of("thumbnails.max-source-size", "4MiB", "thumbnails.max-source-pixels", "4000000"));
        alice = new Client(server.url(), TestConfig.ALICE);
        anonymous = alice.as("");
        image = alice.mxc(TestImages.png(1600, 1200, 1));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "32, 32, crop, 32x32",
        "96, 96, crop, 96x96",
        "320, 240, scale, 320x240",
        "640, 480, scale, 640x480",
        "800, 600, scale, 800x600",
        "100, 100, crop, 240x240",
        "33, 33, scale, 96x72",
        "10, 100, scale, 24x18",
        "100, 10, crop, 240x24"
    })
    void aThumbnailHasTheNextLargerStep(int width, int height, String method, String size) throws Exception {
        HttpResponse<byte[]> response =
                alice.get(thumbnail(image, "width=" + width + "&height=" + height + "&method=" + method));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(TestImages.size(response.body())).isEqualTo(size);
    }

    @Test
    void imagesAreNotEnlarged() throws Exception {
        byte[] small = TestImages.png(50, 40, 1);
        String mxc = alice.mxc(small);
        assertThat(alice.get(thumbnail(mxc, "width=320&height=240")).body()).isEqualTo(small);
        assertThat(TestImages.size(alice.get(thumbnail(mxc, "width=96&height=96&method=crop"))
                        .body()))
                .isIn("50x40", "40x40");
    }

    @Test
    void aLargerRequestGetsTheOriginal() throws Exception {
        byte[] original = TestImages.png(1800, 2100, 7);
        String mxc = alice.mxc(original);
        assertThat(alice.get(thumbnail(mxc, "width=3000&height=3000")).body()).isEqualTo(original);
        assertThat(TestImages.size(
                        alice.get(thumbnail(mxc, "width=2048&height=2048")).body()))
                .isEqualTo("1755x2048");
    }

    @Test
    void headersAreTheSameAsOfADownload() throws Exception {
        HttpResponse<byte[]> response = alice.get(thumbnail(image, AVATAR));
        String type = header(response, "Content-Type");
        assertThat(type).isIn("image/png", "image/jpeg");
        assertThat(header(response, "Content-Disposition"))
                .isEqualTo("inline; filename=thumbnail." + (type.equals("image/png") ? "png" : "jpg"));
        assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(response.body().length));
        assertThat(header(response, "ETag")).matches("\"[0-9a-f]{64}\"");
        assertThat(header(response, "Cache-Control")).isEqualTo("private, max-age=86400, immutable");
        assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(response, "Content-Security-Policy")).startsWith("sandbox; default-src 'none'");
        assertThat(header(response, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(anonymous.get(legacyThumbnail(image, AVATAR)), "Cache-Control"))
                .isEqualTo("public, max-age=86400");
    }

    @Test
    void rangesAndConditionsApply() throws Exception {
        byte[] whole = alice.get(thumbnail(image, AVATAR)).body();
        String etag = header(alice.get(thumbnail(image, AVATAR)), "ETag");
        HttpResponse<byte[]> part =
                alice.send(alice.request(thumbnail(image, AVATAR)).header("Range", "bytes=10-19"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 10, 20));
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 10-19/" + whole.length);
        HttpResponse<byte[]> known =
                alice.send(alice.request(thumbnail(image, AVATAR)).header("If-None-Match", etag));
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        HttpResponse<byte[]> head =
                alice.send(alice.request(thumbnail(image, AVATAR)).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(whole.length));
        assertThat(header(head, "ETag")).isEqualTo(etag);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "width=96", "height=96", "method=crop", "width=&height=96"})
    void aMissingParameterIsNamed(String query) throws Exception {
        HttpResponse<byte[]> response = alice.get(thumbnail(image, query));
        assertThat(error(response)).isEqualTo("400 M_MISSING_PARAM");
        assertThat(json(response).getString("error")).containsAnyOf("width", "height");
    }

    @ParameterizedTest
    @CsvSource({
        "width=0&height=96, width",
        "width=-1&height=96, width",
        "width=96&height=1.5, height",
        "width=96&height=many, height",
        "width=96&height=96&method=stretch, method",
        "width=96&height=96&animated=yes, animated",
        "width=96&height=96&timeout_ms=soon, timeout_ms",
        "width=96&height=96&allow_remote=1, allow_remote",
        "width=96&height=96&allow_redirect=maybe, allow_redirect"
    })
    void anInvalidParameterIsNamed(String query, String name) throws Exception {
        HttpResponse<byte[]> response = alice.get(thumbnail(image, query));
        assertThat(error(response)).isEqualTo("400 M_INVALID_PARAM");
        assertThat(json(response).getString("error")).contains("'" + name + "'");
    }

    @Test
    void otherParametersAreIgnored() throws Exception {
        String all = AVATAR + "&animated=false&timeout_ms=10&allow_remote=false&allow_redirect=true&else=what";
        assertThat(alice.get(thumbnail(image, all)).statusCode()).isEqualTo(200);
        assertThat(alice.get(thumbnail(image, AVATAR + "&animated=true")).statusCode())
                .isEqualTo(200);
        assertThat(alice.get(thumbnail(image, "width=99999999999&height=99999999999"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aGifIsAnimatedOnlyOnRequest() throws Exception {
        String mxc = alice.mxc(HostileImages.gif(5, 400, 300));
        HttpResponse<byte[]> animated = alice.get(thumbnail(mxc, "width=96&height=96&animated=true"));
        assertThat(header(animated, "Content-Type")).isEqualTo("image/gif");
        assertThat(header(animated, "Content-Disposition")).isEqualTo("inline; filename=thumbnail.gif");
        assertThat(TestImages.size(animated.body())).isEqualTo("96x72");
        assertThat(header(alice.get(thumbnail(mxc, "width=96&height=96")), "Content-Type"))
                .isEqualTo("image/png");
        assertThat(header(alice.get(thumbnail(mxc, "width=480&height=480&animated=false")), "Content-Type"))
                .isEqualTo("image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r0", "v1", "v3"})
    void legacyPathsHaveTheSameResponse(String version) throws Exception {
        String path = legacyThumbnail(image, AVATAR).replace("v3", version);
        assertThat(anonymous.get(path).body())
                .isEqualTo(alice.get(thumbnail(image, AVATAR)).body());
    }

    @Test
    void authenticationIsRequired() throws Exception {
        assertThat(error(anonymous.get(thumbnail(image, AVATAR)))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(error(alice.as("wrong").get(thumbnail(image, AVATAR)))).isEqualTo("401 M_UNKNOWN_TOKEN");
        assertThat(alice.as(TestConfig.GUEST).get(thumbnail(image, AVATAR)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void missingMediaIsNotFound() throws Exception {
        assertThat(error(alice.get(thumbnail("mxc://example.org/nothing", AVATAR))))
                .isEqualTo("404 M_NOT_FOUND");
        assertThat(error(alice.get(thumbnail("mxc://elsewhere.org/cat", AVATAR))))
                .isEqualTo("404 M_NOT_FOUND");
        assertThat(error(alice.get(thumbnail("mxc://example.org/a.b", AVATAR)))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(alice.get("/_matrix/client/v1/media/thumbnail/example.org/cat/?" + AVATAR)))
                .isEqualTo("404 M_UNRECOGNIZED");
        assertThat(error(alice.post(thumbnail(image, AVATAR)))).isEqualTo("405 M_UNRECOGNIZED");
    }

    @Test
    void contentThatIsNoImageHasNoThumbnail() throws Exception {
        byte[] script = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> response = alice.get(thumbnail(alice.mxc(script), AVATAR));
        assertThat(error(response)).isEqualTo("400 M_UNKNOWN");
        assertThat(json(response).getString("error")).isEqualTo("Cannot generate thumbnails for the requested content");
        assertThat(response.headers().firstValue("Cache-Control")).isEmpty();
    }

    @Test
    void tooLargeImagesAreNotRendered() throws Exception {
        assertThat(error(alice.get(thumbnail(alice.mxc(new byte[(4 << 20) + 1]), AVATAR))))
                .isEqualTo("413 M_TOO_LARGE");
        assertThat(error(alice.get(thumbnail(alice.mxc(TestImages.png(2001, 2000, 1)), AVATAR))))
                .isEqualTo("413 M_TOO_LARGE");
    }

    @Test
    void aThumbnailOfPendingContentWaits() throws Exception {
        String mxc = json(alice.post("/_matrix/media/v1/create")).getString("content_uri");
        assertThat(error(alice.get(thumbnail(mxc, AVATAR + "&timeout_ms=0")))).isEqualTo("504 M_NOT_YET_UPLOADED");
        CompletableFuture<HttpResponse<byte[]>> waiting =
                alice.sendAsync(alice.request(thumbnail(mxc, AVATAR + "&timeout_ms=60000")));
        HttpResponse<byte[]> put =
                alice.send(alice.request(Client.put(mxc)).PUT(BodyPublishers.ofByteArray(TestImages.png(400, 300, 2))));
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(TestImages.size(waiting.get(30, TimeUnit.SECONDS).body())).isEqualTo("96x96");
    }

    @Test
    void tooManyRequestsAreRejected() throws Exception {
        Map<String, String> seldom =
                Map.of("rate-limits.thumbnail.burst", "1", "rate-limits.thumbnail.per-second", "0.001");
        try (ServerInProcess limited = new ServerInProcess(directory.resolve("limited"), seldom)) {
            Client bob = new Client(limited.url(), TestConfig.BOB);
            String mxc = bob.mxc(TestImages.png(400, 300, 1));
            assertThat(bob.get(thumbnail(mxc, AVATAR)).statusCode()).isEqualTo(200);
            HttpResponse<byte[]> tooOften = bob.get(thumbnail(mxc, AVATAR));
            assertThat(error(tooOften)).isEqualTo("429 M_LIMIT_EXCEEDED");
            assertThat(json(tooOften).getInt("retry_after_ms")).isPositive();
            assertThat(header(tooOften, "Retry-After")).matches("[0-9]+");
            assertThat(bob.get(Client.download(mxc)).statusCode()).isEqualTo(200);
        }
    }

    private static String header(HttpResponse<byte[]> response, String name) throws IOException {
        return response.headers().firstValue(name).orElseThrow(() -> new IOException("no " + name));
    }
}
