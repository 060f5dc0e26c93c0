package io.mediakeep.smoke;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.TestKey;
import io.mediakeep.testing.process.RunningServer;
import io.mediakeep.testing.process.ServerProcess;
import io.mediakeep.testing.server.RawConnection;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestFederation;
import io.mediakeep.testing.server.TestSite;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP interface of the real WAR, in every container: one server for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SmokeContract {
    private static final byte[] IMAGE = new byte[300_000];
    private static final int TOO_MANY_MEBIBYTES = 110;
    private static final Pattern METRICS = Pattern.compile("Metrics are served on (http://127\\.0\\.0\\.1:[0-9]+)/");

    static {
        new Random(1).nextBytes(IMAGE);
    }

    @TempDir
    static Path directory;

    private @Nullable TestFederation federation;
    private @Nullable RemoteHomeserver elsewhere;
    private @Nullable RunningServer server;
    private @Nullable Client alice;

    /** Starts the WAR with the configuration in the directory. */
    abstract RunningServer start(Path configured) throws Exception;

    /** The configuration that the server runs with. */
    TestConfig config(Path dataDir) throws IOException {
        return new TestConfig(dataDir);
    }

    @BeforeAll
    void start() throws Exception {
        Path own = Files.createDirectories(directory.resolve(getClass().getSimpleName()));
        federation = new TestFederation(own);
        elsewhere = new RemoteHomeserver(
                federation.address(), 0, federation.certificates().server(federation.address()));
        Path key = Files.writeString(own.resolve("signing.key"), new TestKey("ed25519:a_1").synapseLine());
        config(own.resolve("data"))
                .with(federation.yaml("127.0.0.1"))
                .with("metrics: {listen: '127.0.0.1:0'}")
                .with("access-log: {format: combined}")
                .remote("allow: ['" + federation.address() + ":*']\nsigning-key-file: " + key)
                .writeTo(own);
        begin(own);
    }

    private void begin(Path own) throws Exception {
        server = start(own);
        alice = new Client(server.url(), TestConfig.ALICE);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        elsewhere.close();
        federation.close();
    }

    @Test
    void anInvalidRequestTargetIsABadRequest() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(
                    "GET /_matrix/media/v3/config?a=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(connection.rest()).startsWith("HTTP/1.1 404").contains("M_UNRECOGNIZED");
        }
    }

    @Test
    void anUploadIsDownloadedByteForByte() throws Exception {
        String mxc = alice.mxc(IMAGE);
        HttpResponse<byte[]> response = alice.get(Client.download(mxc));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(IMAGE);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(response.headers().firstValue("Content-Length")).contains("300000");
        assertThat(response.headers().firstValue("Content-Disposition")).contains("inline; filename=cat.png");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(alice.as("").get(Client.legacyDownload(mxc)).body()).isEqualTo(IMAGE);
    }

    @Test
    void metricsAndAccessLogHaveTheRequests() throws Exception {
        assertThat(alice.get("/_matrix/media/v3/config?logged").statusCode()).isEqualTo(200);
        Matcher listener = METRICS.matcher(((ServerProcess) server).log());
        assertThat(listener.find()).isTrue();
        Client scraper = new Client(URI.create(listener.group(1)), "");
        Eventually.holds(() -> assertThat(new String(scraper.get("/metrics").body(), StandardCharsets.UTF_8))
                .contains("mediakeep_http_requests_total{endpoint=\"media-config\",status=\"2xx\"}"));
        Path accessLog = directory.resolve(getClass().getSimpleName()).resolve("data/access.log");
        Eventually.holds(() -> assertThat(Files.readString(accessLog))
                .contains("@alice:example.org")
                .contains("\"GET /_matrix/media/v3/config?logged HTTP/1.1\" 200 "));
    }

    @Test
    void aWebPageIsPreviewed() throws Exception {
        try (TestSite site = new TestSite()) {
            String page = "http://127.0.0.1:" + site.port() + "/og-by-name";
            String query = "?url=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
            JsonObject preview = json(alice.get("/_matrix/client/v1/media/preview_url" + query));
            assertThat(preview.getString("og:title")).isEqualTo("Named, not a property");
            byte[] image =
                    alice.get(Client.download(preview.getString("og:image"))).body();
            assertThat(image).isEqualTo(site.image("/pictures/200x100.png"));
        }
    }

    @Test
    void aBodyOfUnknownLengthIsAccepted() throws Exception {
        HttpResponse<byte[]> response = alice.upload(
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(IMAGE)), "image/png", "cat.png");
        assertThat(alice.get(Client.download(json(response).getString("content_uri")))
                        .body())
                .isEqualTo(IMAGE);
    }

    /** It is rejected during the body, by a client that reads only after sending all of it. */
    @Test
    void aTooLargeBodyOfUnknownLengthIsRejected() throws Exception {
        byte[] mebibyte = new byte[1 << 20];
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send("POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: example.org\r\nAuthorization: Bearer "
                    + TestConfig.ALICE + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < TOO_MANY_MEBIBYTES; i++) {
                connection.send("100000\r\n").send(mebibyte).send("\r\n");
            }
            connection.send("0\r\n\r\n");
            assertThat(connection.status()).isEqualTo(413);
        }
    }

    @Test
    void aRangeIsPartialContent() throws Exception {
        String mxc = alice.mxc(IMAGE);
        HttpResponse<byte[]> response =
                alice.send(alice.request(Client.download(mxc)).header("Range", "bytes=100000-199999"));
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(java.util.Arrays.copyOfRange(IMAGE, 100_000, 200_000));
        assertThat(response.headers().firstValue("Content-Range")).contains("bytes 100000-199999/300000");
        HttpResponse<byte[]> past =
                alice.send(alice.request(Client.download(mxc)).header("Range", "bytes=300000-"));
        assertThat(past.statusCode()).isEqualTo(416);
        assertThat(past.headers().firstValue("Content-Range")).contains("bytes */300000");
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        String mxc = alice.mxc(IMAGE);
        HttpResponse<byte[]> response =
                alice.send(alice.request(Client.download(mxc)).method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("300000");
        String etag = response.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> known =
                alice.send(alice.request(Client.download(mxc)).header("If-None-Match", etag));
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
    }

    @Test
    void aHeadResponseHasNoBody() throws Exception {
        String mxc = alice.mxc(IMAGE);
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send("HEAD " + Client.download(mxc) + " HTTP/1.1\r\nHost: example.org\r\nAuthorization: Bearer "
                    + TestConfig.ALICE + "\r\nConnection: close\r\n\r\n");
            assertThat(connection.head()).startsWith("HTTP/1.1 200").containsIgnoringCase("Content-Length: 300000");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void errorsHaveAMatrixErrcode() throws Exception {
        assertThat(error(alice.get("/_matrix/client/v1/media/download/example.org/nothing")))
                .isEqualTo("404 M_NOT_FOUND");
        assertThat(error(alice.get("/_matrix/client/v1/media/download/elsewhere.org/cat")))
                .isEqualTo("404 M_NOT_FOUND");
        assertThat(error(alice.get("/_matrix/media/v3/nothing"))).isEqualTo("404 M_UNRECOGNIZED");
        assertThat(error(alice.get("/"))).isEqualTo("404 M_UNRECOGNIZED");
        assertThat(error(alice.get("/io/mediakeep/boot/Launcher.class"))).isEqualTo("404 M_UNRECOGNIZED");
        assertThat(error(alice.get("/WEB-INF/web.xml"))).isEqualTo("404 M_UNRECOGNIZED");
        assertThat(error(alice.get("/_matrix/media/v1/create"))).isEqualTo("405 M_UNRECOGNIZED");
        assertThat(error(alice.as("").get("/_matrix/client/v1/media/config"))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(error(alice.as("wrong").get("/_matrix/client/v1/media/config")))
                .isEqualTo("401 M_UNKNOWN_TOKEN");
        assertThat(error(alice.as(TestConfig.GUEST).get("/_matrix/client/v1/media/config")))
                .isEqualTo("403 M_GUEST_ACCESS_FORBIDDEN");
        assertThat(alice.get("/_matrix/media/v3/download/example.org/..%2F..%2Fetc")
                        .statusCode())
                .isBetween(400, 404); // rejected by Tomcat's connector
        HttpResponse<byte[]> options =
                alice.as("").send(alice.request("/_matrix/media/v3/upload").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
    }

    @Test
    void returnsTheMaximumUploadSize() throws Exception {
        assertThat(json(alice.get("/_matrix/client/v1/media/config")).getInt("m.upload.size"))
                .isEqualTo(100 << 20);
    }

    @Test
    void aDownloadWaitsForALaterUpload() throws Exception {
        JsonObject created = json(alice.post("/_matrix/media/v1/create"));
        String mxc = created.getString("content_uri");
        assertThat(created.getJsonNumber("unused_expires_at").longValue()).isGreaterThan(System.currentTimeMillis());
        assertThat(error(alice.get(Client.download(mxc) + "?timeout_ms=0"))).isEqualTo("504 M_NOT_YET_UPLOADED");
        CompletableFuture<HttpResponse<byte[]>> reader =
                alice.sendAsync(alice.request(Client.download(mxc) + "?timeout_ms=60000"));
        HttpResponse<byte[]> put = alice.send(alice.request(Client.put(mxc)).PUT(BodyPublishers.ofByteArray(IMAGE)));
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(json(put)).isEmpty();
        assertThat(reader.get(30, TimeUnit.SECONDS).body()).isEqualTo(IMAGE);
        assertThat(error(alice.send(alice.request(Client.put(mxc)).PUT(BodyPublishers.ofByteArray(IMAGE)))))
                .isEqualTo("409 M_CANNOT_OVERWRITE_MEDIA");
    }

    @Test
    void aThumbnailHasTheRequestedSize() throws Exception {
        String mxc = alice.mxc(TestImages.png(1000, 800, 1));
        HttpResponse<byte[]> avatar = alice.get(Client.thumbnail(mxc, "width=96&height=96&method=crop"));
        assertThat(avatar.statusCode()).isEqualTo(200);
        assertThat(TestImages.size(avatar.body())).isEqualTo("96x96");
        assertThat(avatar.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).isIn("image/png", "image/jpeg"));
        HttpResponse<byte[]> again = alice.as("").get(Client.legacyThumbnail(mxc, "width=90&height=90&method=crop"));
        assertThat(again.body()).isEqualTo(avatar.body());
        assertThat(error(alice.get(Client.thumbnail(mxc, "width=96")))).isEqualTo("400 M_MISSING_PARAM");
        assertThat(error(alice.get(Client.thumbnail(alice.mxc(IMAGE), "width=96&height=96"))))
                .isEqualTo("400 M_UNKNOWN");
    }

    @Test
    void mediaOfAnotherServerIsFetchedOnce() throws Exception {
        originSending("cat", IMAGE.length, IMAGE.length, new CountDownLatch(0));
        String path = Client.download(elsewhere.mxc("cat"));
        for (int reader = 0; reader < 3; reader++) {
            HttpResponse<byte[]> response = alice.get(path);
            assertThat(response.body()).isEqualTo(IMAGE);
            assertThat(response.headers().firstValue("Content-Type")).contains("image/png");
        }
        assertThat(elsewhere.requests())
                .filteredOn(call -> call.uri().contains("/cat?"))
                .hasSize(1);
    }

    @Test
    void aTruncatedResponseIsShorterThanItsContentLength() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        originSending("half", IMAGE.length, IMAGE.length / 2, begun);
        try (RawConnection connection = download(Client.download(elsewhere.mxc("half")))) {
            assertThat(connection.head()).startsWith("HTTP/1.1 200").containsIgnoringCase("Content-Length: 300000");
            begun.countDown();
            assertThat(connection.countToEnd()).isLessThan(IMAGE.length);
        }
        assertThat(error(alice.get(Client.download(elsewhere.mxc("half"))))).isEqualTo("502 M_UNKNOWN");
    }

    @Test
    void aTruncatedChunkedResponseHasNoLastChunk() throws Exception {
        originSending("stump", 0, IMAGE.length / 2, new CountDownLatch(0));
        try (RawConnection connection = download(Client.download(elsewhere.mxc("stump")))) {
            String head = connection.head();
            if (head.startsWith("HTTP/1.1 200")) {
                assertThat(head).containsIgnoringCase("Transfer-Encoding: chunked");
                connection.countToEnd(); // nothing where the fetch failed before the first bytes were sent
                assertThat(connection.lastReceived()).doesNotEndWith("0\r\n\r\n");
            } else {
                assertThat(head)
                        .startsWith(
                                "HTTP/1.1 502"); // the container always completes chunks, so it was received completely
                // first
            }
        }
    }

    private RawConnection download(String path) throws IOException {
        return new RawConnection(server.url())
                .send("GET " + path + " HTTP/1.1\r\nHost: example.org\r\nAuthorization: Bearer " + TestConfig.ALICE
                        + "\r\n\r\n");
    }

    /**
     * A remote server with an image of a given length (0: unknown), of which it sends a number of bytes, and ends the
     * response after a delay.
     */
    private void originSending(String mediaId, int length, int sent, CountDownLatch until) {
        elsewhere.respond("/_matrix/federation/v1/media/download/" + mediaId, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "multipart/mixed; boundary=b");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            String headers = "Content-Type: image/png\r\n" + (length == 0 ? "" : "Content-Length: " + length + "\r\n");
            out.write(("--b\r\n\r\n{}\r\n--b\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(IMAGE, 0, sent);
            out.flush();
            await(until);
            if (sent < IMAGE.length) {
                throw new IOException("the line breaks");
            }
            out.write("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
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

    @Test
    void aRestartLosesNothing() throws Exception {
        String mxc = alice.mxc(IMAGE);
        String pending = json(alice.post("/_matrix/media/v1/create")).getString("content_uri");
        server.close();
        begin(directory.resolve(getClass().getSimpleName()));
        assertThat(alice.get(Client.download(mxc)).body()).isEqualTo(IMAGE);
        assertThat(alice.send(alice.request(Client.put(pending)).PUT(BodyPublishers.ofByteArray(IMAGE)))
                        .statusCode())
                .isEqualTo(200);
    }
}
