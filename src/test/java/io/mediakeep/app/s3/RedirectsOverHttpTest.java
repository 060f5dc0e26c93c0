package io.mediakeep.app.s3;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.server.S3Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Redirects of clients to the S3 store, which really responds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedirectsOverHttpTest {
    private static final String ALLOWED = "?allow_redirect=true";
    private static final byte[] CAT = "a cat".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path directory;

    private final S3Settings.Bucket bucket = S3Server.freshBucket();
    private ServerInProcess server;
    private Client alice;

    @BeforeAll
    void start() throws Exception {
        server = new ServerInProcess(directory.resolve("plain"), redirecting(Map.of("blobs.s3.redirect-ttl", "100s")));
        alice = new Client(server.url(), TestConfig.ALICE);
    }

    private Map<String, String> redirecting(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(S3Server.configuration(bucket));
        settings.put("blobs.s3.redirect", "true");
        settings.putAll(more);
        return settings;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, cat.png",
        "image/png, 名前; and \"more\".png",
        "text/html, page.html",
        "text/plain, ''",
        "application/octet-stream, ''"
    })
    void theUrlRespondsWithTheSameBytesAndHeaders(String type, String name) throws Exception {
        String mxc = json(alice.upload(CAT, type, name)).getString("content_uri");
        for (String path : List.of(Client.download(mxc), Client.legacyDownload(mxc), Client.download(mxc) + "/a.b")) {
            HttpResponse<byte[]> own = alice.get(path);
            HttpResponse<byte[]> there = get(location(alice.get(path + ALLOWED)));
            assertThat(own.statusCode()).isEqualTo(200);
            assertThat(there.statusCode()).isEqualTo(200);
            assertThat(there.body()).isEqualTo(own.body()).isEqualTo(CAT);
            for (String header : List.of("Content-Type", "Content-Disposition", "Cache-Control", "Content-Length")) {
                assertThat(header(there, header).replace("; ", ";")) // S3Proxy removes spaces
                        .as(header)
                        .isEqualTo(header(own, header).replace("; ", ";"));
            }
        }
    }

    @Test
    void theUrlExpires() throws Exception {
        HttpResponse<byte[]> redirect = alice.get(Client.download(alice.mxc(CAT)) + ALLOWED);
        assertThat(location(redirect).getRawQuery()).contains("X-Amz-Expires=100&");
        assertThat(header(redirect, "Cache-Control")).isEqualTo("private, max-age=50");
        assertThat(header(redirect, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(redirect, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(redirect.body()).isEmpty();
    }

    @Test
    void aRangeIsRequestedAtTheUrl() throws Exception {
        HttpResponse<byte[]> redirect = alice.send(
                alice.request(Client.download(alice.mxc(CAT)) + ALLOWED).header("Range", "bytes=2-"));
        HttpResponse<byte[]> part = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(location(redirect))
                                .header("Range", "bytes=2-")
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(new String(part.body(), StandardCharsets.UTF_8)).isEqualTo("cat");
    }

    @Test
    void aThumbnailIsRedirectedToo() throws Exception {
        String mxc = alice.mxc(TestImages.png(200, 200, 1));
        String size = "width=32&height=32&method=crop";
        for (String path : List.of(Client.thumbnail(mxc, size), Client.legacyThumbnail(mxc, size))) {
            HttpResponse<byte[]> own = alice.get(path);
            HttpResponse<byte[]> there = get(location(alice.get(path + "&allow_redirect=true")));
            assertThat(there.body()).isEqualTo(own.body());
            assertThat(header(there, "Content-Type")).isEqualTo(header(own, "Content-Type"));
            assertThat(header(there, "Content-Disposition")).isEqualTo("inline; filename=thumbnail.png");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?allow_redirect=false"})
    void onlyARequestThatAllowsItIsRedirected(String query) throws Exception {
        HttpResponse<byte[]> response = alice.get(Client.download(alice.mxc(CAT)) + query);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(CAT);
    }

    @Test
    void headAndValidationsAreNotRedirected() throws Exception {
        String path = Client.download(alice.mxc(CAT)) + ALLOWED;
        HttpResponse<byte[]> head = alice.send(alice.request(path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(alice.send(alice.request(path).header("If-None-Match", header(head, "ETag")))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void quarantinedContentIsNotRedirected() throws Exception {
        Client admin = alice.as(TestConfig.ADMIN);
        String mxc = alice.mxc("bad".getBytes(StandardCharsets.UTF_8));
        admin.post("/_synapse/admin/v1/media/quarantine/" + mxc.substring("mxc://".length()));
        assertThat(error(alice.get(Client.download(mxc) + ALLOWED))).isEqualTo("404 M_NOT_FOUND");
        assertThat(admin.get(Client.download(mxc) + ALLOWED + "&admin_unsafely_bypass_quarantine=true")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void lostContentIsNotFound() throws Exception {
        String mxc = alice.mxc("lost".getBytes(StandardCharsets.UTF_8));
        String path = Client.download(mxc);
        String key = location(alice.get(path + ALLOWED)).getPath().substring(("/" + bucket.name() + "/").length());
        S3Server.client().deleteObject(request -> request.bucket(bucket.name()).key(key));
        assertThat(error(alice.get(path + ALLOWED))).isEqualTo("404 M_NOT_FOUND");
    }

    @Test
    void frozenContentIsNotRedirected() throws Exception {
        S3Settings.Bucket fresh = S3Server.freshBucket();
        Map<String, String> settings = redirecting(Map.of("unauthenticated-media", "frozen"));
        settings.put("blobs.s3.bucket", fresh.name());
        try (ServerInProcess frozen = new ServerInProcess(directory.resolve("frozen"), settings)) {
            Client bob = new Client(frozen.url(), TestConfig.ALICE);
            String mxc = bob.mxc(TestImages.png(200, 200, 1));
            assertThat(bob.get(Client.download(mxc) + ALLOWED).statusCode()).isEqualTo(200);
            assertThat(bob.get(Client.thumbnail(mxc, "width=32&height=32&method=crop&allow_redirect=true"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(bob.get(Client.legacyDownload(mxc) + ALLOWED).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aPublicUrlIsUsedForWhatHasNoTypeAndNoName() throws Exception {
        S3Settings.Bucket fresh = S3Server.freshBucket();
        Map<String, String> settings = redirecting(Map.of("blobs.s3.public-url", "https://cdn.example.org/media/"));
        settings.put("blobs.s3.bucket", fresh.name());
        settings.put("blobs.s3.prefix", "a/b/");
        try (ServerInProcess behind = new ServerInProcess(directory.resolve("public"), settings)) {
            Client bob = new Client(behind.url(), TestConfig.ALICE);
            String encrypted =
                    json(bob.upload(CAT, "application/octet-stream", "")).getString("content_uri");
            URI url = location(bob.get(Client.download(encrypted) + ALLOWED));
            String key = objects(fresh).get(0).key();
            assertThat(url).hasToString("https://cdn.example.org/media/" + key);
            assertThat(S3Server.client()
                            .headObject(request -> request.bucket(fresh.name()).key(key)))
                    .satisfies(object -> {
                        assertThat(object.contentType()).isEqualTo("application/octet-stream");
                        assertThat(object.contentDisposition()).isEqualTo("attachment");
                    });
            String image = bob.mxc(CAT);
            assertThat(bob.get(Client.download(image) + ALLOWED).statusCode()).isEqualTo(200);
        }
    }

    private static List<S3Object> objects(S3Settings.Bucket in) {
        return S3Server.client()
                .listObjectsV2(request -> request.bucket(in.name()).prefix("a/b/blobs/"))
                .contents();
    }

    private static URI location(HttpResponse<byte[]> redirect) {
        assertThat(redirect.statusCode()).isEqualTo(307);
        return URI.create(header(redirect, "Location"));
    }

    private static HttpResponse<byte[]> get(URI url) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
