package io.mediakeep.app.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestKey;
import io.mediakeep.testing.server.RawServer;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of homeservers with signatures that their keys do not verify. */
class InvalidSignaturesTest extends OriginFixture {
    private static final TestKey KEY = new TestKey("ed25519:a_1");
    private static final TestKey ANOTHER = new TestKey("ed25519:a_2");
    private static final ServerName US = new ServerName("example.org");
    private static final Duration DAY = Duration.ofDays(1);

    private String path;

    /** A response of a homeserver to requests for its keys. */
    private interface Keys {
        String of(String server);
    }

    @BeforeAll
    void upload() throws Exception {
        String mxc = alice.mxc("for servers".getBytes(StandardCharsets.US_ASCII));
        path = "/_matrix/federation/v1/media/download/" + mxc.substring(mxc.lastIndexOf('/') + 1);
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                keys("that ended", server -> json(TestKey.published(server, Instant.EPOCH, List.of(KEY)))),
                keys("that nobody signed", server -> json(unsigned(server))),
                keys(
                        "that another key signed",
                        server -> json(TestKey.signed(server, unsigned(server), List.of(ANOTHER)))),
                keys(
                        "that another server signed",
                        server -> json(TestKey.signed("a.example", unsigned(server), List.of(KEY)))),
                keys("of another server", server -> json(TestKey.published("a.example", tomorrow(), List.of(KEY)))),
                keys(
                        "that were changed",
                        server -> json(TestKey.published(server, tomorrow(), List.of(ANOTHER)))
                                .replace(ANOTHER.publicKey(), KEY.publicKey())),
                keys("under another name", server -> json(honest(server)).replace(KEY.id(), "ed25519:b")),
                keys("among a megabyte of spaces", server -> json(honest(server)) + " ".repeat(1 << 20)),
                keys("in a deep hole", server -> ok("{\"a\":" + "[".repeat(30_000))),
                keys("in HTML", server -> ok("<html>" + honest(server))),
                keys("that are elsewhere", server -> "HTTP/1.1 302 On\r\nContent-Length: 0\r\nLocation: /\r\n\r\n"),
                keys("that it rejects", server -> json(honest(server)).replace("200 OK", "403 Forbidden")),
                keys("that break off", server -> json(honest(server)).replace("}}}", "")));
    }

    @ParameterizedTest(name = "keys {0}")
    @MethodSource("invalid")
    void invalidKeysAreRejected(String what, Keys keys) throws Exception {
        try (RawServer caller = publishing(keys)) {
            assertThat(Client.error(request(caller))).isEqualTo("401 M_UNAUTHORIZED");
            assertThat(Client.error(request(caller))).isEqualTo("401 M_UNAUTHORIZED");
            assertThat(caller.heads()).hasSize(1);
        }
    }

    @Test
    void validKeysAreAccepted() throws Exception {
        try (RawServer caller = publishing(server -> json(honest(server)))) {
            assertThat(request(caller).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aSignatureForAnotherServerIsRejected() throws Exception {
        try (RawServer thief = originSending("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(download("mxc://" + thief.name() + path.substring(path.lastIndexOf('/'))))
                    .isEqualTo("404 M_NOT_FOUND");
            String header = thief.heads()
                    .get(0)
                    .lines()
                    .filter(line -> line.startsWith("Authorization: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("Authorization: ".length());
            for (String replayed : List.of(header, header.replace(thief.name(), US.value()))) {
                assertThat(Client.error(request(path + "?timeout_ms=0", replayed)))
                        .isEqualTo("401 M_UNAUTHORIZED");
            }
        }
    }

    private RawServer publishing(Keys keys) throws Exception {
        return origin((head, talk) -> {
            String host = head.lines()
                    .filter(line -> line.startsWith("Host: "))
                    .findFirst()
                    .orElseThrow();
            talk.send(keys.of(host.substring("Host: ".length()))).close();
        });
    }

    private HttpResponse<byte[]> request(RawServer caller) throws Exception {
        return request(path, KEY.authorization("GET", path, new ServerName(caller.name()), US));
    }

    private HttpResponse<byte[]> request(String uri, String authorization) throws Exception {
        Client server = alice.as("");
        return server.send(server.request(uri).header("Authorization", authorization));
    }

    private static Arguments keys(String what, Keys keys) {
        return Arguments.of(what, keys);
    }

    private static JsonObject honest(String server) {
        return TestKey.published(server, tomorrow(), List.of(KEY));
    }

    private static JsonObject unsigned(String server) {
        return TestKey.unsigned(server, tomorrow(), List.of(KEY)).build();
    }

    private static Instant tomorrow() {
        return Instant.now().plus(DAY);
    }

    private static String json(JsonObject keys) {
        return ok(keys.toString());
    }

    private static String ok(String body) {
        return OK + "Content-Type: application/json\r\n\r\n" + body;
    }
}
