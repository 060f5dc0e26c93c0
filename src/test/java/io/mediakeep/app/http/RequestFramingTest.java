package io.mediakeep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.StoredData;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The framing of requests is parsed strictly by RFC 9112. Violations are rejected before anything is stored, and what
 * follows them is not parsed as a request: otherwise a proxy that parses it differently would permit request smuggling.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestFramingTest {
    /** Shared with the script that sends them through reverse proxies. */
    private static final Path TABLE = Path.of("src/test/resources/misframed-requests.txt");

    private static final String START = "POST /_matrix/media/v3/upload HTTP/1.1\r\n";
    private static final String HOST = "Host: localhost\r\n";
    private static final String TOKEN = "Authorization: Bearer " + TestConfig.ALICE + "\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    /** A request that a proxy may have taken for a part of the body. */
    private static final String SMUGGLED =
            "GET /_matrix/media/v3/config HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + "\r\n";

    private ServerInProcess server;
    private Path data;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        SLF4JBridgeHandler.install();
        data = directory.resolve("data");
        server = new ServerInProcess(directory, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
        SLF4JBridgeHandler.uninstall();
    }

    static Stream<Arguments> misframed() throws IOException {
        return Stream.concat(
                Files.readAllLines(TABLE).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split(" ", 3))
                        .map(row -> Arguments.of(Integer.parseInt(row[1]), request(row[0], unescaped(row[2])))),
                tooMuch());
    }

    private static String request(String kind, String text) {
        return switch (kind) {
            case "field" -> START + HOST + TOKEN + text + "\r\nhello";
            case "host" -> START + text + TOKEN + "Content-Length: 5\r\n\r\nhello";
            case "chunk" -> START + HOST + TOKEN + CHUNKED + "\r\n" + text;
            default -> text;
        };
    }

    private static String unescaped(String text) {
        return text.translateEscapes()
                .replace("{host}", HOST)
                .replace("{name}", "localhost")
                .replace("{token}", TOKEN);
    }

    private static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of(414, "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of(431, START + HOST + TOKEN + "X: " + "x".repeat(20_000) + "\r\n\r\n"),
                Arguments.of(431, START + HOST + TOKEN + "X: x\r\n".repeat(101) + "\r\n"),
                Arguments.of(400, request("chunk", "5;" + "x".repeat(2_000) + "\r\nhello\r\n0\r\n\r\n")),
                Arguments.of(400, request("chunk", "5\r\nhello\r\n0\r\n" + "X: y\r\n".repeat(4_000) + "\r\n")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("misframed")
    void misframedRequestsAreRejectedWithTheConnection(int status, String request) throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(request + SMUGGLED + SMUGGLED).endOutput();
            String response = connection.rest();
            assertThat(response)
                    .startsWith("HTTP/1.1 " + status)
                    .containsOnlyOnce("HTTP/1.1 ")
                    .contains("{\"errcode\":\"M_UNKNOWN\",\"error\":\"")
                    .containsIgnoringCase("Content-Type: application/json")
                    .contains("Access-Control-Allow-Origin: *")
                    .contains("Date: ")
                    .doesNotContain("m.upload.size");
        }
        nothingIsStored();
    }

    private void nothingIsStored() throws Exception {
        assertThat(StoredData.files(data.resolve("blobs"))).isZero();
        DatabaseSettings database =
                new DatabaseSettings(DatabaseSettings.embeddedUrl(data), Optional.empty(), Optional.empty(), 2);
        assertThat(StoredData.rows(database, "media")).isZero();
    }

    @Test
    void misframedRequestsAreNotLogged() throws Exception {
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < 20; i++) {
                misframedRequestsAreRejectedWithTheConnection(
                        400, START + HOST + TOKEN + CHUNKED + "\r\nthis is not chunked");
            }
            assertThat(log.text()).isEmpty();
        }
    }

    /** The head is received byte by byte: Grizzly compares case-sensitively when it is in several buffers. */
    @Test
    void aHeadInManyPiecesIsParsedTheSame() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            String head = "OPTIONS / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: Chunked\r\n\r\n";
            for (byte octet : (head + "0\r\n\r\n" + SMUGGLED).getBytes(StandardCharsets.ISO_8859_1)) {
                connection.send(new byte[] {octet});
            }
            assertThat(connection.status()).isEqualTo(204);
            assertThat(connection.status()).isEqualTo(200);
        }
    }
}
