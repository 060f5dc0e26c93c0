package io.mediakeep.app;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.TestSite;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP interface of previews: every parameter, status and header, over the embedded server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreviewsOverHttpTest {
    private static final String AUTHENTICATED = "/_matrix/client/v1/media/preview_url";

    @TempDir
    static Path directory;

    private TestSite site;
    private ServerInProcess server;
    private Client alice;

    @BeforeAll
    void start() throws Exception {
        site = new TestSite();
        server = new ServerInProcess(
                directory,
                Map.of(
                        "outbound.allowed-networks",
                        "127.0.0.1",
                        "previews.url-rules",
                        "deny */denied/*",
                        "quota.max-files",
                        "1"));
        alice = new Client(server.url(), TestConfig.ALICE);
    }

    @AfterAll
    void stop() {
        server.close();
        site.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                AUTHENTICATED,
                "/_matrix/media/r0/preview_url",
                "/_matrix/media/v1/preview_url",
                "/_matrix/media/v3/preview_url"
            })
    void aPreviewHasAnImage(String path) throws Exception {
        HttpResponse<byte[]> response = alice.get(path + "?url=" + encoded("/og-by-name"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonObject preview = json(response);
        assertThat(preview.getString("og:title")).isEqualTo("Named, not a property");
        HttpResponse<byte[]> image = alice.get(Client.download(preview.getString("og:image")));
        assertThat(image.statusCode()).isEqualTo(200);
        assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(image.headers().firstValue("Content-Disposition").orElse("")).startsWith("inline");
        assertThat(image.body()).hasSize(preview.getInt("matrix:image:size"));
    }

    @Test
    void theImageOfAPreviewIsNotServedWhenItsContentIsQuarantined() throws Exception {
        String image = json(alice.get(AUTHENTICATED + "?url=" + encoded("/og-by-name")))
                .getString("og:image");
        Client admin = alice.as(TestConfig.ADMIN);
        String path = "/_synapse/admin/v1/media/%squarantine/" + image.substring("mxc://".length());
        admin.post(path.formatted(""));
        assertThat(error(alice.get(Client.download(image)))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(alice.get(Client.thumbnail(image, "width=32&height=32"))))
                .isEqualTo("404 M_NOT_FOUND");
        admin.post(path.formatted("un"));
        assertThat(alice.get(Client.download(image)).statusCode()).isEqualTo(200);
    }

    @Test
    void textIsSentAsUtf8() throws Exception {
        HttpResponse<byte[]> response = alice.get(AUTHENTICATED + "?url=" + encoded("/charset-x-sjis"));
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("{\"og:title\":\"①港の灯台\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400 M_MISSING_PARAM",
        "?url=, 400 M_MISSING_PARAM",
        "?url=nonsense, 400 M_INVALID_PARAM",
        "?url=ftp%3A%2F%2Fexample.org%2F, 400 M_INVALID_PARAM",
        "?url=http%3A%2F%2F127.0.0.1%2F&ts=yesterday, 400 M_INVALID_PARAM",
        "?url=http%3A%2F%2F127.0.0.2%2F, 502 M_UNKNOWN",
        "?url=http%3A%2F%2F10.0.0.1%2F, 502 M_UNKNOWN",
        "?url=http%3A%2F%2Fexample.org%2Fdenied%2Fx, 403 M_FORBIDDEN",
        "?url=http%3A%2F%2F127.0.0.1%3A1%2F, 502 M_UNKNOWN"
    })
    void invalidPreviewRequestsAreRejected(String query, String exception) throws Exception {
        assertThat(error(alice.get(AUTHENTICATED + query))).isEqualTo(exception);
    }

    @Test
    void aFailingSiteIsABadGateway() throws Exception {
        assertThat(error(alice.get(AUTHENTICATED + "?url=" + encoded("/no-such-page"))))
                .isEqualTo("502 M_UNKNOWN");
    }

    @Test
    void aPointInTimeCanBeRequested() throws Exception {
        String query = "?url=" + encoded("/title-only") + "&ts=1510610716656";
        assertThat(json(alice.get(AUTHENTICATED + query)).getString("og:title")).isEqualTo("Just a title");
    }

    @ParameterizedTest
    @ValueSource(strings = {AUTHENTICATED, "/_matrix/media/v3/preview_url"})
    void previewsRequireAToken(String path) throws Exception {
        String request = path + "?url=" + encoded("/title-only");
        assertThat(error(alice.as("").get(request))).isEqualTo("401 M_MISSING_TOKEN");
        assertThat(error(alice.as("wrong").get(request))).isEqualTo("401 M_UNKNOWN_TOKEN");
        assertThat(error(alice.as(TestConfig.GUEST).get(request))).isEqualTo("403 M_GUEST_ACCESS_FORBIDDEN");
    }

    @Test
    void imagesOfPagesDoNotCountAgainstAQuota() throws Exception {
        Client bob = alice.as(TestConfig.BOB);
        for (int i = 0; i < 3; i++) {
            site.page("/picture-" + i, "<meta property=og:image content=/pictures/6" + i + "x60.png>");
            assertThat(json(bob.get(AUTHENTICATED + "?url=" + encoded("/picture-" + i))))
                    .containsKey("og:image");
        }
        assertThat(bob.upload(new byte[] {1}, "image/png", "x.png").statusCode())
                .isEqualTo(200);
        assertThat(error(bob.upload(new byte[] {2}, "image/png", "x.png"))).isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void unresponsiveSitesDoNotDelayOthers() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        site.on("/stuck", exchange -> {
            try {
                open.await();
                TestSite.send(exchange, 404, new byte[0]);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        List<CompletableFuture<HttpResponse<byte[]>>> stuck = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            stuck.add(alice.sendAsync(alice.request(AUTHENTICATED + "?url=" + encoded("/stuck?" + i))));
        }
        assertThat(alice.get("/_matrix/client/v1/media/config").statusCode()).isEqualTo(200);
        open.countDown();
        for (CompletableFuture<HttpResponse<byte[]>> response : stuck) {
            assertThat(response.get(1, TimeUnit.MINUTES).statusCode()).isIn(502, 429);
        }
    }

    @Test
    void disabledPreviewsAreNotFound() throws Exception {
        Map<String, String> off = Map.of("previews.enabled", "false");
        try (ServerInProcess without = new ServerInProcess(directory.resolve("off"), off)) {
            Client client = new Client(without.url(), TestConfig.ALICE);
            assertThat(error(client.get(AUTHENTICATED + "?url=" + encoded("/title-only"))))
                    .isEqualTo("404 M_UNRECOGNIZED");
        }
    }

    @Test
    void tooManyRequestsAreRejected() throws Exception {
        Path own = directory.resolve("limited");
        Map<String, String> few = Map.of("rate-limits.preview.burst", "1", "rate-limits.preview.per-second", "0.001");
        try (ServerInProcess limited = new ServerInProcess(own, few)) {
            Client client = new Client(limited.url(), TestConfig.ALICE);
            client.get(AUTHENTICATED + "?url=x");
            assertThat(error(client.get(AUTHENTICATED + "?url=x"))).isEqualTo("429 M_LIMIT_EXCEEDED");
        }
    }

    private String encoded(String path) {
        return URLEncoder.encode("http://127.0.0.1:" + site.port() + path, StandardCharsets.UTF_8);
    }
}
