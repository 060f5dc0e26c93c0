package io.mediakeep.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.mediakeep.federation.signing.SigningKey;
import io.mediakeep.federation.signing.XMatrix;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.OriginThumbnail;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.TestKey;
import io.mediakeep.testing.server.FederationFixture;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RemoteHomeserver;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses of other homeservers to requests for media. */
class RemoteMediaTest extends FederationFixture {
    private static final String DOWNLOAD = "/_matrix/federation/v1/media/download/cat";
    private static final String LEGACY = "/_matrix/media/v3/download/";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String JSON_PART = "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n";

    private static Optional<SigningKey> signingKey;

    private ServerName name;

    @BeforeAll
    static void readKey(@TempDir Path directory) throws Exception {
        TestKey key = new TestKey("ed25519:a_1");
        signingKey = Optional.of(
                SigningKey.readFrom(Files.writeString(directory.resolve("signing.key"), key.synapseLine())));
    }

    @BeforeEach
    void begin() {
        name = new ServerName(federation.address() + ":" + origin.port());
    }

    @Test
    void theFileIsTheSecondPart() throws IOException {
        multipart(
                "multipart/mixed; boundary=b",
                JSON_PART + "--b\r\nContent-Type: image/png\r\n"
                        + "Content-Disposition: inline; filename=\"a cat.png\"\r\nContent-Length: 4\r\n\r\nmeow\r\n--b--\r\n");
        try (RemoteContent content = download(signingKey)) {
            assertThat(text(content)).isEqualTo("meow");
            assertThat(content.contentType()).hasToString("image/png");
            assertThat(content.fileName()).contains("a cat.png");
            assertThat(content.size()).isEqualTo(OptionalLong.of(4));
        }
    }

    @Test
    void theRequestIsSignedForTheOrigin() throws IOException {
        multipart("multipart/mixed; boundary=b", part("", "meow"));
        download(signingKey).close();
        RemoteHomeserver.ReceivedRequest call = origin.requests().get(0);
        assertThat(call.uri()).isEqualTo(DOWNLOAD + "?timeout_ms=3000");
        XMatrix header = XMatrix.parse(call.authorization().orElseThrow());
        assertThat(header.origin()).isEqualTo(new ServerName("home.example"));
        assertThat(header.destination()).contains(name);
    }

    @Test
    void theConnectionIsReused() throws IOException {
        origin.respond(DOWNLOAD, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "multipart/mixed; boundary=b");
            RemoteHomeserver.send(exchange, 200, part("", "meow".repeat(5000)));
        });
        RemoteMedia media = media(signingKey, List.of(), List.of(), 20_000);
        for (int i = 0; i < 2; i++) {
            try (RemoteContent content = media.download(new Mxc(name, "cat"), TIMEOUT)) {
                assertThat(text(content)).hasSize(20_000);
            }
        }
        assertThat(origin.requests()).hasSize(2);
        assertThat(origin.requests().get(0).clientPort())
                .isEqualTo(origin.requests().get(1).clientPort());
    }

    @Test
    void aThumbnailIsRequestedAtTheThumbnailEndpoint() throws IOException {
        String path = "/_matrix/federation/v1/media/thumbnail/cat";
        origin.respond(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "multipart/mixed; boundary=b");
            RemoteHomeserver.send(exchange, 200, part("", "small"));
        });
        try (RemoteContent content = media(signingKey, List.of(), List.of()).download(thumbnail(), TIMEOUT)) {
            assertThat(text(content)).isEqualTo("small");
        }
        assertThat(origin.requests().get(0).uri())
                .isEqualTo(path + "?width=320&height=240&method=scale&animated=false&timeout_ms=3000");
    }

    @Test
    void aThumbnailIsRequestedByTheLegacyEndpointToo() throws IOException {
        String path = "/_matrix/media/v3/thumbnail/" + name + "/cat";
        origin.respond(path, exchange -> RemoteHomeserver.send(exchange, 200, "small"));
        try (RemoteContent content =
                media(Optional.empty(), List.of(), List.of()).download(thumbnail(), TIMEOUT)) {
            assertThat(text(content)).isEqualTo("small");
        }
        assertThat(origin.requests().get(0).uri())
                .isEqualTo(path + "?allow_remote=false&allow_redirect=true"
                        + "&width=320&height=240&method=scale&animated=false&timeout_ms=3000");
    }

    private Mxc thumbnail() {
        return new OriginThumbnail(new Mxc(name, "cat"), 320, 240, "scale")
                .mxc()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed; boundary=b",
                "multipart/mixed; boundary=\"b\"",
                "MULTIPART/Mixed;charset=utf-8;  BOUNDARY=b ; x=y",
                "multipart/form-data; boundary=b",
            })
    void theBoundaryIsParsedInAllNotations(String contentType) throws IOException {
        multipart(contentType, part("", "meow"));
        assertThat(downloaded()).isEqualTo("meow");
    }

    @Test
    void preamblesHeaderCaseAndMissingHeadersAreTolerated() throws IOException {
        multipart(
                "multipart/mixed; boundary=b",
                "nobody reads this\r\n--b\r\ncontent-TYPE: application/json; charset=utf-8"
                        + "\r\n\r\n{\"a\":1}\r\n--b\r\nX: y\r\n\r\nmeow\r\n--b--\r\nnor this");
        try (RemoteContent content = download(signingKey)) {
            assertThat(text(content)).isEqualTo("meow");
            assertThat(content.contentType()).hasToString("application/octet-stream");
            assertThat(content.fileName()).isEmpty();
        }
    }

    @Test
    void aFileMayBeMultipartAndContainAnyByte() throws IOException {
        StringBuilder bytes = new StringBuilder("--c\r\nContent-Type: text/plain\r\n\r\n--B\r\n--bb\r\n--c--\r\n");
        for (int octet = 0; octet < 256; octet++) {
            bytes.append((char) octet).append('\r').append('\n').append("--").append((char) octet);
        }
        String file = bytes.toString().replace("--b", "-b");
        multipart("multipart/mixed; boundary=b", part("Content-Type: multipart/mixed; boundary=c\r\n", file));
        assertThat(downloaded()).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            attachment; filename=cat.png              | cat.png
            attachment; filename="a \\"cat\\".png"    | a "cat".png
            attachment; filename*=utf-8''%e5%90%8d.jpg | 名.jpg
            attachment; filename*=UTF-8'en'%E2%98%83.png | ☃.png
            inline; filename=a.png; filename*=utf-8''b.png | b.png
            attachment; filename="\u00e5\u0090\u008d.jpg" | 名.jpg
            attachment                                  |
            """)
    void fileNamesAreParsed(String disposition, String fileName) throws IOException {
        multipart("multipart/mixed; boundary=b", part("Content-Disposition: " + disposition + "\r\n", "meow"));
        try (RemoteContent content = download(signingKey)) {
            assertThat(content.fileName()).isEqualTo(Optional.ofNullable(fileName));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JSON_PART + "--b\r\nContent-Type: image/png\r\nContent-Length: 5\r\n\r\nmeow\r\n--b--\r\n",
                JSON_PART + "--b\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\nmeow\r\n--b--\r\n",
                JSON_PART + "--b\r\nContent-Type: image/png\r\n\r\nmeow",
                JSON_PART + "--b\r\nContent-Type: image/png\r\n\r\nmeow\r\n--",
            })
    void aTruncatedOrOverlongBodyIsRejected(String body) throws IOException {
        multipart("multipart/mixed; boundary=b", body);
        assertThatThrownBy(this::downloaded).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                JSON_PART + "--b--\r\n",
                "--b\r\n" + "no header\r\n\r\n\r\n--b--",
            })
    void aBodyWithoutAFileIsRejected(String body) throws IOException {
        multipart("multipart/mixed; boundary=b", body);
        assertRejected("502 M_UNKNOWN");
    }

    @Test
    void anHtmlResponseIsRejected() {
        multipart("text/html", "<html>");
        assertRejected("502 M_UNKNOWN");
    }

    @Test
    void tooManyHeadersAreRejected() {
        multipart("multipart/mixed; boundary=b", part("X: y\r\n".repeat(5000), "meow"));
        assertRejected("502 M_UNKNOWN");
    }

    @Test
    void tooLargeFilesAreRejectedByTheirDeclaredSize() {
        multipart("multipart/mixed; boundary=b", part("Content-Length: 2001\r\n", "x".repeat(2001)));
        assertRejected("502 M_TOO_LARGE");
    }

    @Test
    void aTooLargeFileOfUnknownLengthIsReadUpToTheLimit() throws IOException {
        multipart("multipart/mixed; boundary=b", part("", "x".repeat(2001)));
        assertThatThrownBy(this::downloaded).isInstanceOf(IOException.class).hasMessageContaining("2000");
    }

    @Test
    void aFileAtAnotherLocationIsFetchedWithoutSignature() throws IOException {
        multipart("multipart/mixed; boundary=b", part("Location: /cdn/cat?x=y\r\n", ""));
        origin.respond("/cdn/cat", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/gif");
            RemoteHomeserver.send(exchange, 200, "meow");
        });
        try (RemoteContent content = download(signingKey)) {
            assertThat(text(content)).isEqualTo("meow");
            assertThat(content.contentType()).hasToString("image/gif");
        }
        assertThat(origin.requests().get(1).authorization()).isEmpty();
    }

    @Test
    void aFileIsNotFetchedFromDeniedAddresses() {
        multipart("multipart/mixed; boundary=b", part("Location: http://169.254.169.254/latest/\r\n", ""));
        assertRejected("502 M_UNKNOWN");
    }

    @Test
    void withoutTheFederationEndpointTheLegacyOneIsUsed() throws IOException {
        origin.respond(LEGACY + name + "/cat", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/gif");
            exchange.getResponseHeaders().set("Content-Disposition", "inline; filename=cat.gif");
            RemoteHomeserver.send(exchange, 200, "meow");
        });
        try (RemoteContent content = download(signingKey)) {
            assertThat(text(content)).isEqualTo("meow");
            assertThat(content.fileName()).contains("cat.gif");
        }
        assertThat(origin.requests())
                .extracting(RemoteHomeserver.ReceivedRequest::uri)
                .containsExactly(
                        DOWNLOAD + "?timeout_ms=3000",
                        LEGACY + name + "/cat?allow_remote=false&allow_redirect=true&timeout_ms=3000");
        assertThat(origin.requests().get(1).authorization()).isEmpty();
    }

    @Test
    void withoutAKeyTheLegacyEndpointIsUsed() throws IOException {
        origin.respond(LEGACY + name + "/cat", exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        try (RemoteContent content = download(Optional.empty())) {
            assertThat(text(content)).isEqualTo("meow");
        }
        assertThat(origin.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "404, M_NOT_FOUND, 404 M_NOT_FOUND",
        "504, M_NOT_YET_UPLOADED, 504 M_NOT_YET_UPLOADED",
        "504, M_UNKNOWN, 502 M_UNKNOWN",
        "502, M_TOO_LARGE, 502 M_TOO_LARGE",
        "429, M_LIMIT_EXCEEDED, 429 M_LIMIT_EXCEEDED",
        "500, M_UNKNOWN, 502 M_UNKNOWN",
        "401, M_UNAUTHORIZED, 502 M_UNKNOWN",
        "403, M_FORBIDDEN, 502 M_UNKNOWN",
    })
    void errorsThatConcernTheClientAreForwarded(int status, String code, String expected) {
        origin.respond(DOWNLOAD, exchange -> RemoteHomeserver.send(exchange, status, "{\"errcode\":\"" + code + "\"}"));
        assertRejected(expected);
        assertThat(origin.requests()).hasSize(1);
    }

    @Test
    void aRetryAfterIsForwarded() {
        origin.respond(DOWNLOAD, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            RemoteHomeserver.send(exchange, 429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":9000}");
        });
        assertThatThrownBy(() -> download(signingKey))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    @Test
    void anUnreachableServerIsABadGateway() {
        origin.close();
        assertRejected("502 M_UNKNOWN");
    }

    @Test
    void theNumberOfPortsOfAHostIsLimited() throws Exception {
        SSLContext another = federation.certificates().server("another.example");
        List<RawServer> servers = new ArrayList<>();
        RemoteMedia media = media(signingKey, List.of(), List.of());
        try {
            for (int i = 0; i < 12; i++) {
                servers.add(new RawServer(federation.address(), another, (head, connection) -> connection.close()));
            }
            for (RawServer server : servers) {
                Mxc cat = new Mxc(new ServerName(server.name()), "cat");
                assertThatThrownBy(() -> media.download(cat, TIMEOUT)).isInstanceOf(MatrixException.class);
                assertThatThrownBy(() -> media.download(cat, TIMEOUT)).isInstanceOf(MatrixException.class);
            }
            assertThat(servers.stream().filter(server -> server.connections() > 0))
                    .hasSize(4);
        } finally {
            for (RawServer server : servers) {
                server.close();
            }
        }
    }

    @Test
    void globsDetermineFromWhichServersMediaIsFetched() {
        RemoteMedia some = media(Optional.empty(), List.of("*.example", "good.org"), List.of("bad.*"));
        assertThat(some.permits(new ServerName("a.example"))).isTrue();
        assertThat(some.permits(new ServerName("GOOD.org"))).isTrue();
        assertThat(some.permits(new ServerName("bad.example"))).isFalse();
        assertThat(some.permits(new ServerName("other.org"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, evil.example, false",
        "evil.example, evil.example:8449, false",
        "evil.example, EVIL.example:1, false",
        "*.evil.example, a.evil.example:8449, false",
        "evil.example:8449, evil.example:8449, false",
        "evil.example:8449, evil.example, true",
        "evil.example:8449, evil.example:84, true",
        "[2001:db8::1], [2001:db8::1]:8449, false",
        "192.0.2.1, 192.0.2.1:8449, false",
        "evil.example, good.example:8449, true",
    })
    void aPatternWithoutAPortMeansAllPorts(String pattern, ServerName server, boolean permitted) {
        assertThat(media(Optional.empty(), List.of(), List.of(pattern)).permits(server))
                .isEqualTo(permitted);
        assertThat(media(Optional.empty(), List.of(pattern), List.of()).permits(server))
                .isNotEqualTo(permitted);
    }

    private static String part(String headers, String bytes) {
        return JSON_PART + "--b\r\n" + headers + "\r\n" + bytes + "\r\n--b--\r\n";
    }

    private void multipart(String contentType, String body) {
        origin.respond(DOWNLOAD, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            chunked(exchange, body);
        });
    }

    private static void chunked(HttpExchange exchange, String body) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (byte octet : body.getBytes(StandardCharsets.ISO_8859_1)) {
                out.write(octet);
            }
        }
    }

    private static RemoteMedia media(Optional<SigningKey> signer, List<String> allow, List<String> deny) {
        return media(signer, allow, deny, 2000);
    }

    private static RemoteMedia media(Optional<SigningKey> signer, List<String> allow, List<String> deny, long maxSize) {
        return new RemoteMedia(
                new ServerName("home.example"),
                signer,
                federation.remoteServers(),
                federation.client(),
                new RemoteSettings(true, maxSize, Duration.ofSeconds(10), allow, deny));
    }

    private RemoteContent download(Optional<SigningKey> signer) {
        return media(signer, List.of(), List.of()).download(new Mxc(name, "cat"), TIMEOUT);
    }

    private String downloaded() throws IOException {
        try (RemoteContent content = download(signingKey)) {
            return text(content);
        }
    }

    private static String text(RemoteContent content) throws IOException {
        return new String(content.bytes().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private void assertRejected(String expected) {
        assertThatThrownBy(this::downloaded)
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.status() + " " + exception.code())
                                .isEqualTo(expected));
    }
}
