package io.mediakeep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.DispositionReader;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.uri.UriTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid but unusual requests, at every endpoint. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnusualRequestsTest {
    private static final String TOKEN = "Authorization: Bearer " + TestConfig.ALICE + "\r\n";
    private static final String EMPTY =
            "filename=&timeout_ms=&allow_remote=&width=&height=&method=&animated=&url=&ts=&user_id=&=&&";

    private ServerInProcess server;
    private String mxc;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = new ServerInProcess(directory, Map.of("uploads.max-pending", "1000"));
        mxc = new Client(server.url(), TestConfig.ALICE).mxc(new byte[] {1, 2, 3});
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** The method and path of every endpoint, with ID for the media id, and a query that it requires. */
    static Stream<String> endpoints() {
        return Stream.of(matrix(), synapse(), administration()).flatMap(Function.identity());
    }

    private static Stream<String> matrix() {
        return Stream.of(
                "POST /_matrix/media/v3/upload?a=b",
                "PUT /_matrix/media/v3/upload/example.org/ID?a=b",
                "POST /_matrix/media/v1/create?a=b",
                "GET /_matrix/media/v3/config?a=b",
                "GET /_matrix/client/v1/media/config?a=b",
                "GET /_matrix/media/v3/download/example.org/ID?a=b",
                "GET /_matrix/media/r0/download/example.org/ID/name?a=b",
                "GET /_matrix/client/v1/media/download/example.org/ID?a=b",
                "GET /_matrix/client/v1/media/download/example.org/ID/name?a=b",
                "GET /_matrix/media/v3/thumbnail/example.org/ID?width=32&height=32",
                "GET /_matrix/client/v1/media/thumbnail/example.org/ID?width=32&height=32",
                "GET /_matrix/media/v3/preview_url?url=http://127.0.0.1/",
                "GET /_matrix/client/v1/media/preview_url?url=http://127.0.0.1/",
                "GET /_matrix/federation/v1/media/download/ID?a=b",
                "GET /_matrix/federation/v1/media/thumbnail/ID?width=32&height=32",
                "GET /_mediakeep/health/live?a=b",
                "GET /_mediakeep/health/ready?a=b",
                "OPTIONS /_matrix/media/v3/upload?a=b",
                "GET /nothing?a=b");
    }

    private static Stream<String> synapse() {
        return Stream.of(
                        "GET media/example.org/ID",
                        "DELETE media/example.org/ID",
                        "POST media/protect/ID",
                        "POST media/quarantine/example.org/ID",
                        "GET media/quarantine_changes",
                        "POST media/delete",
                        "POST media/example.org/delete",
                        "POST purge_media_cache",
                        "POST quarantine_media/!room:example.org",
                        "GET room/!room:example.org/media",
                        "POST room/!room:example.org/media/quarantine",
                        "GET statistics/users/media",
                        "POST user/@bob:example.org/media/quarantine",
                        "GET users/@bob:example.org/media",
                        "DELETE users/@bob:example.org/media")
                .map(endpoint -> endpoint.replace(" ", " /_synapse/admin/v1/") + "?a=b");
    }

    private static Stream<String> administration() {
        String hash = "0".repeat(64);
        return Stream.of(
                        "GET audit",
                        "GET blocked-hashes",
                        "GET blocked-hashes.txt",
                        "POST blocked-hashes.txt",
                        "PUT blocked-hashes/" + hash,
                        "DELETE blocked-hashes/" + hash,
                        "POST check",
                        "GET export",
                        "POST import",
                        "GET jobs",
                        "GET jobs/1",
                        "GET jobs/1/errors",
                        "POST jobs/1/cancel",
                        "GET media",
                        "DELETE media",
                        "POST media/delete",
                        "GET media/totals",
                        "DELETE media/example.org/ID",
                        "GET quarantined-hashes",
                        "DELETE quarantined-hashes/" + hash,
                        "POST move-blobs",
                        "POST retention",
                        "GET usage",
                        "GET usage/by-age",
                        "GET usage/by-user",
                        "GET users/@bob:example.org/export")
                .map(endpoint -> endpoint.replace(" ", " /_mediakeep/admin/v1/") + "?a=b");
    }

    @Test
    void noEndpointIsMissing() {
        assertThat(server.classes().stream()
                        .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class))
                        .flatMap(type -> declared(Resource.from(type), "")))
                .hasSizeGreaterThanOrEqualTo(12)
                .allSatisfy(declared ->
                        assertThat(endpoints()).anyMatch(endpoint -> isOneOf(endpoint, declared.split(" ", 2))));
    }

    /** The method and path template of each endpoint of a resource and its sub-resources. */
    private static Stream<String> declared(Resource resource, String parent) {
        String path = parent + (resource.getPath().startsWith("/") ? "" : "/") + resource.getPath();
        return Stream.concat(
                resource.getResourceMethods().stream().map(method -> method.getHttpMethod() + " " + path),
                resource.getChildResources().stream().flatMap(child -> declared(child, path)));
    }

    private static boolean isOneOf(String endpoint, String[] declared) {
        String path = endpoint.substring(endpoint.indexOf('/'), endpoint.indexOf('?'));
        return endpoint.startsWith(declared[0] + " ") && new UriTemplate(declared[1]).match(path, new ArrayList<>());
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void equivalentRequestsHaveTheSameStatus(String endpoint) throws Exception {
        int plain = status(exchange(endpoint, "HTTP/1.1"));
        List<String> same = List.of(
                exchange(endpoint + "&name=a+b&c=%2B", "HTTP/1.1"),
                exchange(endpoint + "&name=caf\u00c3\u00a9&\u00ff=\u0080", "HTTP/1.1"),
                exchange(endpoint + "&a=1&a=2&" + endpoint.substring(endpoint.indexOf('?') + 1), "HTTP/1.1"),
                exchange(endpoint + ";x=1&b;c=d;", "HTTP/1.1"),
                exchange(endpoint.replace(" /", " http://elsewhere.example:1/"), "HTTP/1.1"),
                exchange(endpoint.replace(" /", " HTTPS://[::1]/"), "HTTP/1.1"),
                exchange(endpoint, "HTTP/1.0"),
                exchange("\r\n" + endpoint, "HTTP/1.1"));
        assertThat(same).allSatisfy(response -> assertThat(status(response)).isEqualTo(plain));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void emptyParametersAreNoInternalError(String endpoint) throws Exception {
        String empty = exchange(endpoint.substring(0, endpoint.indexOf('?') + 1) + EMPTY, "HTTP/1.1");
        assertThat(status(empty)).isBetween(200, 499);
        String none = exchange(endpoint.substring(0, endpoint.indexOf('?') + 1), "HTTP/1.1");
        assertThat(status(none)).isBetween(200, 499);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void aSemicolonInThePathHasNoMeaning(String endpoint) throws Exception {
        if (endpoint.startsWith("OPTIONS") || endpoint.contains("/name")) {
            return; // any name is valid there
        }
        assertThat(status(exchange(endpoint.replace("?", ";x=1?"), "HTTP/1.1"))).isIn(401, 403, 404, 405);
        assertThat(status(exchange(endpoint.replace("?", ";jsessionid=1?"), "HTTP/1.1")))
                .isIn(401, 403, 404, 405);
        if (endpoint.contains("/media/")) {
            assertThat(status(exchange(endpoint.replace("/media", "/media;x"), "HTTP/1.1")))
                    .isEqualTo(404);
        }
        if (endpoint.contains("/v3/")) {
            assertThat(status(exchange(endpoint.replace("/v3/", "/v3;y/"), "HTTP/1.1")))
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void pipelinedRequestsGetResponsesInOrder(String endpoint) throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            String once = request(endpoint, "HTTP/1.1", "");
            connection.send(once + once + request(endpoint, "HTTP/1.1", "Connection: close\r\n"));
            String responses = connection.rest();
            boolean rejected = responses.startsWith("HTTP/1.1 400"); // Grizzly closes the connection after that
            assertThat(responses.split("HTTP/1\\.1 ", -1)).hasSize(rejected ? 2 : 4);
        }
    }

    @Test
    void chunkExtensionsAndTrailersAreDiscarded() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send("POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: localhost\r\n" + TOKEN
                    + "Transfer-Encoding: chunked\r\nTrailer: X\r\nConnection: close\r\n\r\n"
                    + "4;x=y\r\nchun\r\n2;a;b=\"c;d\"\r\nks\r\n0;last\r\nX: y\r\nTrailer-Field: z\r\n\r\n");
            String uploaded = connection.rest();
            assertThat(uploaded).startsWith("HTTP/1.1 200 ");
            assertThat(exchange("GET " + Client.download(mxcIn(uploaded)), "HTTP/1.1"))
                    .endsWith("\r\n\r\nchunks");
        }
    }

    @Test
    void unencodedUtf8IsAccepted() throws Exception {
        String uploaded = exchange(
                "POST /_matrix/media/v3/upload?filename="
                        + octets("\u540d\u524d caf\u00e9").replace(" ", "%20"),
                "HTTP/1.1");
        String stored = mxcIn(uploaded);
        assertThat(nameOf(exchange("GET " + Client.download(stored), "HTTP/1.1")))
                .isEqualTo("\u540d\u524d caf\u00e9");
        assertThat(nameOf(exchange("GET " + Client.download(stored) + "/" + octets("\ud83d\udc08"), "HTTP/1.1")))
                .isEqualTo("\ud83d\udc08");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name;with;semicolons.txt", ";jsessionid=1", ";", "a;b=c", "name%3Bescaped"})
    void semicolonsInAFileNameAreStored(String name) throws Exception {
        assertThat(nameOf(exchange("GET " + Client.download(mxc) + "/" + name, "HTTP/1.1")))
                .isEqualTo(name.replace("%3B", ";"));
        assertThat(nameOf(exchange("GET " + Client.legacyDownload(mxc) + "/" + name, "HTTP/1.1")))
                .isEqualTo(name.replace("%3B", ";"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a_b",
                "a_b:8008",
                "localhost",
                "127.0.0.1",
                "[::1]",
                "[::1]:8008",
                "a.example.",
                "A-b~c",
                "localhost:"
            })
    void anyHostHeaderIsAccepted(String host) throws Exception {
        String request = request("GET /_matrix/media/v3/config", "HTTP/1.1", "Connection: close\r\n");
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(request.replace("Host: localhost", "Host: " + host));
            assertThat(connection.status()).isEqualTo(200);
        }
    }

    @Test
    void anUpgradeIsIgnored() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send("POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: localhost\r\n" + TOKEN
                    + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
                    + "Content-Length: 5\r\n\r\nhello" + request("GET /_matrix/media/v3/config", "HTTP/1.1", ""));
            assertThat(connection.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CAT", "PATCH", "DELETE"})
    void unsupportedMethodsHaveMatrixErrors(String method) throws Exception {
        String response = exchange(method + " /_matrix/media/v3/config", "HTTP/1.1");
        assertThat(response).startsWith("HTTP/1.1 405 ").contains("M_UNRECOGNIZED");
    }

    /** Sends one request, and checks that the response is valid for every client. */
    private String exchange(String endpoint, String version) throws IOException {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(request(endpoint, version, "Connection: close\r\n"));
            String response = connection.rest();
            assertThat(response)
                    .as(endpoint)
                    .contains("Access-Control-Allow-Origin: *")
                    .contains("Date: ")
                    .doesNotContain("Set-Cookie");
            if (status(response) >= 400) {
                assertThat(response)
                        .as(endpoint)
                        .containsIgnoringCase("Content-Type: application/json")
                        .containsPattern("\\{\"errcode\":\"M_[A-Z_]+\",\"error\":\"[^\"]+\"");
            }
            return response;
        }
    }

    private String request(String endpoint, String version, String fields) {
        String body = endpoint.contains("POST") || endpoint.contains("PUT") ? "Content-Length: 0\r\n" : "";
        String line = endpoint.replace("ID", mxc.substring(mxc.lastIndexOf('/') + 1)) + " " + version + "\r\n";
        return line + "Host: localhost\r\n" + TOKEN + fields + body + "\r\n";
    }

    private static String mxcIn(String response) {
        return response.substring(response.indexOf("mxc://"), response.indexOf("\"}"));
    }

    private static int status(String response) {
        assertThat(response).startsWith("HTTP/1.1 ");
        return Integer.parseInt(response.substring(9, 12));
    }

    private static String nameOf(String response) {
        String field = response.lines()
                .filter(line -> line.startsWith("Content-Disposition: "))
                .findFirst()
                .orElseThrow();
        return DispositionReader.fileName(field.substring("Content-Disposition: ".length()));
    }

    private static String octets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
