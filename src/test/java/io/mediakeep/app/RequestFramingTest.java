package io.mediakeep.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.RawConnection;
import io.mediakeep.testing.Recording;
import io.mediakeep.testing.Stored;
import io.mediakeep.testing.TestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * Where a request ends is read to the letter of RFC 9112. What does not follow it is refused before anything is kept,
 * and what comes after it is no request: a proxy that reads it in another way would let strangers speak for others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestFramingTest {
    private static final String START = "POST /_matrix/media/v3/upload HTTP/1.1\r\n";
    private static final String HOST = "Host: localhost\r\n";
    private static final String TOKEN = "Authorization: Bearer " + TestConfig.ALICE + "\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    /** What a proxy may have taken for a part of the body. */
    private static final String SMUGGLED =
            "GET /_matrix/media/v3/config HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + "\r\n";

    private ServerInProcess server;
    private Path data;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        SLF4JBridgeHandler.install();
        data = folder.resolve("data");
        server = new ServerInProcess(folder, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
        SLF4JBridgeHandler.uninstall();
    }

    static Stream<Arguments> misframed() {
        return Stream.of(
                        heads(),
                        lengths(),
                        codings(),
                        hosts(),
                        chunks().map(chunk -> whole(400, START + HOST + TOKEN + CHUNKED + "\r\n" + chunk)))
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> heads() {
        return Stream.of(
                whole(400, "GET /_matrix/media/v3/config\r\n\r\n"),
                whole(400, "GET  /_matrix/media/v3/config HTTP/1.1\r\n" + HOST + TOKEN + "\r\n"),
                whole(400, "GET /_matrix/media/v3/config  HTTP/1.1\r\n" + HOST + TOKEN + "\r\n"),
                whole(400, "GET\t/_matrix/media/v3/config\tHTTP/1.1\r\n" + HOST + TOKEN + "\r\n"),
                whole(400, "G(T /_matrix/media/v3/config HTTP/1.1\r\n" + HOST + TOKEN + "\r\n"),
                whole(400, "GET httpx/_matrix/media/v3/config HTTP/1.1\r\n" + HOST + TOKEN + "\r\n"),
                whole(400, "GET /_matrix/media/v3/config\u0000 HTTP/1.1\r\n" + HOST + TOKEN + "\r\n"),
                whole(400, "GET /_matrix/media/v3/config HTTP/1.1\n" + HOST + TOKEN + "\r\n"),
                whole(400, "GET /_matrix/media/v3/config HTTP/1.1\r\nHost: localhost\n" + TOKEN + "\r\n"),
                whole(400, "GET /_matrix/media/v3/config HTTP/1.1\n" + HOST.replace("\r", "") + "\n"),
                whole(400, "GET /_matrix/media/v3/config XTTP/1.1\r\n" + HOST + TOKEN + "\r\n"),
                whole(505, "GET /_matrix/media/v3/config HTTP/2.0\r\n" + HOST + TOKEN + "\r\n"),
                whole(505, "GET /_matrix/media/v3/config HTTP/1.2\r\n" + HOST + TOKEN + "\r\n"),
                whole(501, "CONNECT /_matrix/media/v3/config HTTP/1.1\r\n" + HOST + TOKEN + "\r\n"),
                whole(501, "PRI * HTTP/1.1\r\n" + HOST + "\r\n"),
                whole(431, START + HOST + TOKEN + "X: " + "x".repeat(20_000) + "\r\n\r\n"),
                whole(431, START + HOST + TOKEN + "X: x\r\n".repeat(101) + "\r\n"),
                field(400, " folded: into the line before\r\n"),
                field(400, "X: a\r\n\tb\r\n"),
                field(400, "X : a\r\n"),
                field(400, ": a\r\n"),
                field(400, "X\r\n"),
                field(400, "X[]: a\r\n"),
                field(400, "X: a\u0000b\r\n"),
                field(400, "X: a\u001bb\r\n"),
                field(400, "X: a\rb\r\n"),
                field(400, "X: a\r\r\n"),
                field(400, "X: a\n"));
    }

    private static Stream<Arguments> lengths() {
        return Stream.of(
                field(400, "Content-Length : 5\r\n"),
                field(400, "Content-Length: 5\r\nContent-Length: 5\r\n"),
                field(400, "Content-Length: 5\r\nContent-Length: 6\r\n"),
                field(400, "Content-Length: 5, 5\r\n"),
                field(400, "Content-Length: 0x5\r\n"),
                field(400, "Content-Length: +5\r\n"),
                field(400, "Content-Length: -5\r\n"),
                field(400, "Content-Length: 5 5\r\n"),
                field(400, "Content-Length: five\r\n"),
                field(400, "Content-Length:\r\n"),
                field(400, "Content-Length: 9223372036854775808\r\n"),
                field(400, "Content-Length: 18446744073709551621\r\n"),
                field(400, "Content-Length: 5\r\n" + CHUNKED),
                field(400, CHUNKED + "Content-Length: 5\r\n"),
                field(400, CHUNKED + "Content-Length: 0\r\n"));
    }

    private static Stream<Arguments> codings() {
        return Stream.of(
                field(501, "Transfer-Encoding: xchunked\r\n"),
                field(501, "Transfer-Encoding: chunkedx\r\n"),
                field(501, "Transfer-Encoding: chunked, gzip\r\n"),
                field(501, "Transfer-Encoding: gzip, chunked\r\n"),
                field(501, "Transfer-Encoding: chunked, chunked\r\n"),
                field(501, "Transfer-Encoding: \"chunked\"\r\n"),
                field(501, "Transfer-Encoding: identity\r\n"),
                field(501, "Transfer-Encoding:\r\n"),
                field(400, "Transfer-Encoding: \u000bchunked\r\n"),
                field(400, "Transfer-Encoding:\r\n chunked\r\n"),
                field(400, "Transfer-Encoding : chunked\r\n"),
                field(400, "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
                field(400, CHUNKED + CHUNKED),
                whole(400, START.replace("1.1", "1.0") + TOKEN + CHUNKED + "\r\n5\r\nhello\r\n0\r\n\r\n"),
                whole(400, "TRACE / HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello"));
    }

    private static Stream<Arguments> hosts() {
        return Stream.concat(
                Stream.of("", HOST + HOST, HOST + "Host: elsewhere\r\n").map(hosts -> host(hosts)),
                Stream.of("a b", "", "*", "[::1", "::1", "a/b", "a@b", "a:b", "a:123456", "a,b", "[]")
                        .map(name -> host("Host: " + name + "\r\n")));
    }

    private static Stream<String> chunks() {
        return Stream.of(
                "this is not chunked",
                "\r\nhello\r\n0\r\n\r\n",
                ";x=y\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\rhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhellohello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\n\n",
                "ffffffffffffffff\r\nhello",
                "00000000000000005\r\nhello\r\n0\r\n\r\n",
                "5;x=\u0000\r\nhello\r\n0\r\n\r\n",
                "5;" + "x".repeat(2_000) + "\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\nno field\r\n\r\n",
                "5\r\nhello\r\n0\r\nX : y\r\n\r\n",
                "5\r\nhello\r\n0\r\nX: y\n\r\n",
                "5\r\nhello\r\n0\r\n" + "X: y\r\n".repeat(4_000) + "\r\n");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("misframed")
    void whatIsMisframedIsRefusedAndNothingAfterItIsARequest(int status, String request) throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.say(request + SMUGGLED + SMUGGLED).sayNoMore();
            String answer = connection.rest();
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .containsOnlyOnce("HTTP/1.1 ")
                    .contains("{\"errcode\":\"M_UNKNOWN\",\"error\":\"")
                    .containsIgnoringCase("Content-Type: application/json")
                    .contains("Access-Control-Allow-Origin: *")
                    .contains("Date: ")
                    .doesNotContain("m.upload.size");
        }
        nothingIsKept();
    }

    private void nothingIsKept() throws Exception {
        assertThat(Stored.files(data.resolve("blobs"))).isZero();
        DatabaseSettings database =
                new DatabaseSettings(DatabaseSettings.embeddedUrl(data), Optional.empty(), Optional.empty(), 2);
        assertThat(Stored.rows(database, "media")).isZero();
    }

    @Test
    void itIsNothingToWriteIntoTheLog() throws Exception {
        try (Recording log = new Recording()) {
            for (int i = 0; i < 20; i++) {
                whatIsMisframedIsRefusedAndNothingAfterItIsARequest(
                        400, START + HOST + TOKEN + CHUNKED + "\r\nthis is not chunked");
            }
            assertThat(log.text()).isEmpty();
        }
    }

    /** The head comes byte by byte, and Grizzly compares with case when it lies in several buffers. */
    @Test
    void aHeadInManyPiecesIsReadTheSame() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            String head = "OPTIONS / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: Chunked\r\n\r\n";
            for (byte octet : (head + "0\r\n\r\n" + SMUGGLED).getBytes(StandardCharsets.ISO_8859_1)) {
                connection.say(new byte[] {octet});
            }
            assertThat(connection.status()).isEqualTo(204);
            assertThat(connection.status()).isEqualTo(200);
        }
    }

    private static Arguments field(int status, String fields) {
        return whole(status, START + HOST + TOKEN + fields + "\r\nhello");
    }

    private static Arguments host(String hosts) {
        return whole(400, START + hosts + TOKEN + "Content-Length: 5\r\n\r\nhello");
    }

    private static Arguments whole(int status, String request) {
        return Arguments.of(status, request);
    }
}
