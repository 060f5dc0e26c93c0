package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.TestConfig;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all responses have in common. */
class EveryResponseTest extends ResourceTest {
    private static final List<String> PATHS = List.of(
            "/",
            "/nothing",
            "/_matrix/media/v3/nothing",
            UPLOAD,
            UPLOAD + "/",
            UPLOAD + "/example.org/cat",
            CREATE,
            CONFIG,
            "/_matrix//media/v3/config",
            "/_matrix/client/v1/media/download/example.org/cat",
            "/_matrix/media/v3/download/example.org/cat/name",
            "/_matrix/media/v3/download/a_b/c.d");

    @Test
    void everyErrorHasAnErrcodeAndAMessage() throws Exception {
        for (HttpResponse<byte[]> response : errors()) {
            JsonObject body = json(response);
            assertThat(header(response, "Content-Type")).isEqualTo("application/json");
            assertThat(body.getString("errcode")).startsWith("M_");
            assertThat(body.getString("error")).matches("[A-Z].{5,}").doesNotContain(directory.toString(), "Exception");
            assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(response.body().length));
        }
    }

    @Test
    void errorsMustNotBeCached() throws Exception {
        for (HttpResponse<byte[]> response : errors()) {
            assertThat(header(response, "Cache-Control") + header(response, "ETag"))
                    .isEmpty();
        }
    }

    @Test
    void everyResponseHasCorsHeaders() throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        List<HttpResponse<byte[]>> responses = new ArrayList<>(errors());
        responses.add(alice.get(CONFIG));
        responses.add(alice.get(Client.download(mxc)));
        responses.add(send(alice, "HEAD", Client.download(mxc)));
        responses.add(get(alice, Client.download(mxc), "Range", "bytes=0-1"));
        responses.add(get(alice, Client.download(mxc), "Range", "bytes=10-"));
        responses.add(get(alice, Client.download(mxc), "If-None-Match", "*"));
        responses.add(send(anonymous, "OPTIONS", UPLOAD));
        for (HttpResponse<byte[]> response : responses) {
            assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(header(response, "Access-Control-Allow-Methods"))
                    .isEqualTo("GET, HEAD, POST, PUT, DELETE, OPTIONS");
            assertThat(header(response, "Access-Control-Allow-Headers"))
                    .isEqualTo("X-Requested-With, Content-Type, Authorization, Date, Range, If-None-Match, If-Range");
            assertThat(header(response, "Access-Control-Expose-Headers"))
                    .isEqualTo("ETag, Content-Length, Content-Range, Accept-Ranges, Content-Disposition, Retry-After");
        }
    }

    @Test
    void optionsNeedsNoTokenOnAnyPath() throws Exception {
        for (String path : PATHS) {
            HttpResponse<byte[]> response = send(anonymous, "OPTIONS", path);
            assertThat(response.statusCode()).as(path).isEqualTo(204);
            assertThat(header(response, "Access-Control-Max-Age")).isEqualTo("86400");
            assertThat(response.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/_matrix",
                "/_matrix/media/v3",
                "/_matrix/media/v3/nothing",
                "/_matrix/media/v2/config",
                "/_matrix/media/r1/config",
                "/_matrix/media/unstable/config",
                "/_matrix/media/v3/config/more",
                "/_matrix/client/v1/media/upload",
                "/_matrix/client/v3/media/config",
                "/_matrix/client/v1/config",
                "/_matrix/media/v3/create",
                "/_matrix/media/r0/create",
                "/_matrix/client/v1/media/create",
                "/_matrix/media/v3/download",
                "/_matrix/media/v3/download/example.org",
                "/_matrix/media/v3/download/example.org/cat/name/more",
                "/_matrix/media/v3/upload/example.org",
                "/_matrix/media/v3/config/",
                "/_matrix/media/v3/upload/",
                "/_matrix/media/v1/create/",
                "/_matrix/media/v3/download/example.org/cat/",
                "/_matrix/media/v3/download/example.org/cat/name/",
                "/_matrix/media//v3/config",
                "/_matrix/media/v3//config",
                "/_matrix/media/v3/download//cat",
                "/_matrix/media/v3/download/example.org//cat",
                "/_MATRIX/media/v3/config",
                "/application.wadl"
            })
    void anUnknownPathIsUnrecognized(String path) throws Exception {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            assertThat(error(send(alice, method, path))).isEqualTo("404 M_UNRECOGNIZED");
        }
        assertThat(send(alice, "HEAD", path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        UPLOAD + ", POST, GET PUT DELETE CAT",
        UPLOAD + "/example.org/cat, PUT, GET POST DELETE CAT",
        CREATE + ", POST, GET PUT DELETE CAT",
        CONFIG + ", GET, POST PUT DELETE CAT",
        "/_matrix/media/r0/config, GET, POST PUT DELETE CAT",
        "/_matrix/client/v1/media/download/example.org/cat, GET, POST PUT DELETE CAT",
        "/_matrix/media/v1/download/example.org/cat/name, GET, POST PUT DELETE CAT"
    })
    void anUnsupportedMethodGetsTheSupportedOnes(String path, String method, String others) throws Exception {
        for (String other : others.split(" ")) {
            HttpResponse<byte[]> response = send(anonymous, other, path);
            assertThat(error(response)).as(other).isEqualTo("405 M_UNRECOGNIZED");
            assertThat(header(response, "Allow").split(",\\s*")).contains(method, "OPTIONS");
        }
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        List<String> paths = List.of(
                CONFIG,
                "/_matrix/media/v3/config",
                Client.download(mxc),
                Client.download(mxc) + "/name.png",
                Client.legacyDownload(mxc),
                Client.legacyDownload(mxc) + "/name.png",
                "/_matrix/media/v3/download/example.org/nothing",
                "/_matrix/media/v3/nothing");
        for (String path : paths) {
            for (Client client : List.of(alice, anonymous)) {
                HttpResponse<byte[]> head = send(client, "HEAD", path);
                HttpResponse<byte[]> get = client.get(path);
                assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
                assertThat(headers(head)).as(path).isEqualTo(headers(get));
                assertThat(head.body()).isEmpty();
            }
        }
    }

    @Test
    void unknownParametersAreIgnored() throws Exception {
        assertThat(alice.get(CONFIG + "?cat=dog&cat=%F0%9F%90%88&=&").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/html", "nonsense", "", ";;;", "application/json;q=0", "*/*;q=0"})
    void theAcceptHeaderIsIgnored(String accept) throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        assertThat(get(alice, CONFIG, "Accept", accept).statusCode()).isEqualTo(200);
        assertThat(get(alice, Client.download(mxc), "Accept", accept).statusCode())
                .isEqualTo(200);
        assertThat(get(alice, CONFIG + "/", "Accept", accept).statusCode()).isEqualTo(404);
        HttpResponse<byte[]> uploaded =
                alice.send(alice.request(UPLOAD).header("Accept", accept).POST(BodyPublishers.ofByteArray(TEN_BYTES)));
        assertThat(uploaded.statusCode()).isEqualTo(200);
    }

    @Test
    void anUnavailableDatabaseIsServiceUnavailable() throws Exception {
        ServerInProcess broken = new ServerInProcess(directory.resolve("broken"), configured());
        try (broken;
                LogCapture recording = new LogCapture()) {
            Client client = new Client(broken.url(), TestConfig.ALICE);
            broken.closeAssembly();
            HttpResponse<byte[]> response = client.get("/_matrix/client/v1/media/download/example.org/cat");
            assertThat(error(response)).isEqualTo("503 M_UNKNOWN");
            assertThat(response.headers().firstValue("Retry-After")).contains("5");
            assertThat(recording.text()).doesNotContain(TestConfig.ALICE, "Exception");
            assertThat(new String(response.body(), StandardCharsets.UTF_8))
                    .doesNotContain("Hikari", "Exception", "SQL", directory.toString());
        }
    }

    /** An error of each kind that needs no special configuration. */
    private List<HttpResponse<byte[]>> errors() throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        String pending = reserve();
        List<HttpResponse<byte[]>> errors = List.of(
                alice.get("/nothing"),
                alice.get(CONFIG + "/"),
                alice.get(UPLOAD),
                anonymous.get(CONFIG),
                anonymous.as("wrong").get(CONFIG),
                guest.get(CONFIG),
                alice.get("/_matrix/client/v1/media/download/example.org/nothing"),
                alice.get("/_matrix/media/v3/download/a_b/c"),
                alice.get(Client.download(mxc) + "?timeout_ms=nonsense"),
                alice.get(Client.download(pending) + "?timeout_ms=0"),
                put(alice, mxc),
                put(bob, pending),
                alice.send(alice.request(UPLOAD)
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofByteArray(TEN_BYTES))));
        put(alice, pending);
        assertThat(errors)
                .allSatisfy(response -> assertThat(response.statusCode()).isGreaterThanOrEqualTo(400));
        return errors;
    }
}
