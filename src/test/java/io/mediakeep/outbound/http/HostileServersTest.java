package io.mediakeep.outbound.http;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RawServer.Connection;
import io.mediakeep.testing.server.RawServer.Script;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile servers: none gets more memory or trust than the request permits. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileServersTest extends OutboundFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "Transfer-Encoding: chunked\r\n\r\na\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
            })
    void aTruncatedBodyIsAnError(String response) throws Exception {
        assertBodyKind(
                Kind.BAD_RESPONSE,
                1024,
                (head, connection) -> connection.send(OK + response).close());
    }

    @Test
    void aResetConnectionIsAnError() throws Exception {
        assertBodyKind(Kind.BAD_RESPONSE, 1024, (head, connection) -> {
            connection.send(OK + "Content-Length: 10\r\n\r\nhello");
            connection.socket().setSoLinger(true, 0);
            connection.close();
        });
    }

    @Test
    void aHalfClosedConnectionIsAnError() throws Exception {
        assertBodyKind(Kind.BAD_RESPONSE, 1024, (head, connection) -> {
            connection.send(OK + "Content-Length: 10\r\n\r\nhello");
            connection.socket().shutdownOutput();
            connection.awaitClose();
        });
    }

    @Test
    void aBodyWithoutALengthEndsWithTheConnection() throws Exception {
        try (RawServer server = new RawServer(
                        (head, connection) -> connection.send(OK + "\r\nhello").close());
                OutboundResponse response = client.send(to(server))) {
            assertThat(response.length()).isEmpty();
            assertThat(response.body()).hasContent("hello");
        }
    }

    @Test
    void bytesAfterTheBodyAreIgnored() throws Exception {
        try (RawServer server = RawServer.responding(OK + "Content-Length: 5\r\n\r\nhello, world");
                OutboundResponse response = client.send(to(server))) {
            assertThat(response.body()).hasContent("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/9.1 200 OK\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, frob\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: frob\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
            })
    void aMalformedResponseIsABadResponse(String response) throws Exception {
        assertBodyKind(
                Kind.BAD_RESPONSE,
                1024,
                (head, connection) -> connection.send(response).close());
    }

    @Test
    void aConnectionClosedWithoutResponseIsABadResponse() throws Exception {
        assertResponseKind(Kind.BAD_RESPONSE, (head, connection) -> connection.close());
    }

    @Test
    void aServerThatResetsTheConnectionIsUnreachable() throws Exception {
        assertResponseKind(Kind.UNREACHABLE, (head, connection) -> {
            connection.socket().setSoLinger(true, 0);
            connection.close();
        });
    }

    @Test
    void anEndlessHeaderIsABadResponse() throws Exception {
        assertResponseKind(Kind.BAD_RESPONSE, (head, connection) -> {
            connection.send(OK + "X-Long: ");
            forever(connection, "x".repeat(1000));
        });
    }

    @Test
    void anEndlessStatusLineIsABadResponse() throws Exception {
        assertResponseKind(
                Kind.BAD_RESPONSE, (head, connection) -> forever(connection.send("HTTP/1.1 200 "), "x".repeat(1000)));
    }

    @Test
    void endlessHeadersAreABadResponse() throws Exception {
        assertResponseKind(
                Kind.BAD_RESPONSE, (head, connection) -> forever(connection.send(OK), "X-Another: header\r\n"));
    }

    @Test
    void endlessFoldedHeadersAreABadResponse() throws Exception {
        assertResponseKind(
                Kind.BAD_RESPONSE,
                (head, connection) -> forever(connection.send(OK + "X-Long: x\r\n"), "\tmore and more\r\n"));
    }

    @Test
    void endlessEmptyLinesAreABadResponse() throws Exception {
        assertResponseKind(Kind.BAD_RESPONSE, (head, connection) -> forever(connection, "\r\n"));
    }

    @Test
    void endlessTrailersAreABadResponse() throws Exception {
        assertBodyKind(Kind.BAD_RESPONSE, 1024, (head, connection) -> {
            connection.send(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n");
            forever(connection, "X-Another: trailer\r\n");
        });
    }

    @Test
    void anEndlessBodyIsTooLarge() throws Exception {
        assertBodyKind(
                Kind.TOO_LARGE, 100_000, (head, connection) -> forever(connection.send(OK + "\r\n"), "x".repeat(1000)));
    }

    @Test
    void endlessChunksAreTooLarge() throws Exception {
        assertBodyKind(
                Kind.TOO_LARGE,
                100_000,
                (head, connection) ->
                        forever(connection.send(OK + "Transfer-Encoding: chunked\r\n\r\n"), "5\r\nhello\r\n"));
    }

    @Test
    void aBodyWithATooLargeContentLengthIsNotRead() throws Exception {
        try (RawServer server = RawServer.responding(OK + "Content-Length: 11\r\n\r\nhello");
                OutboundResponse response = client.send(to(server).maxBytes(10))) {
            assertThat(response.length()).hasValue(11);
            assertKind(Kind.TOO_LARGE, () -> response.body().read());
        }
    }

    @Test
    void aBodyOfMaximumLengthIsRead() throws Exception {
        for (String response : new String[] {"Content-Length: 5\r\n\r\nhello", "Connection: close\r\n\r\nhello"}) {
            try (RawServer server = new RawServer(
                    (head, connection) -> connection.send(OK + response).close())) {
                assertThat(client.read(to(server).maxBytes(5))).isEqualTo("hello");
                assertKind(Kind.TOO_LARGE, () -> client.read(to(server).maxBytes(4)));
                assertThat(client.read(to(server).truncateAt(4))).isEqualTo("hell");
                assertThat(client.read(to(server).truncateAt(6))).isEqualTo("hello");
            }
        }
    }

    @Test
    void aBodyCanBeTruncatedAtTheLimit() throws Exception {
        try (RawServer server = new RawServer((head, connection) -> {
            connection.send(OK + "Content-Length: 1000000\r\n\r\nhello");
            connection.awaitClose();
        })) {
            assertThat(client.read(to(server).truncateAt(5))).isEqualTo("hello");
        }
    }

    @Test
    void closingAResponseDoesNotWaitForTheRest() throws Exception {
        try (RawServer server = new RawServer((head, connection) -> {
            connection.send(OK + "Content-Length: 1000000\r\n\r\nhello");
            connection.awaitClose();
        })) {
            OutboundResponse response = client.send(to(server).maxBytes(1_000_000));
            assertThat(response.body().read()).isEqualTo('h');
            response.close();
            assertKind(Kind.BAD_RESPONSE, () -> response.body().read());
        }
    }

    @Test
    void aRedirectWithAnEndlessBodyIsFollowed() throws Exception {
        try (RawServer server = new RawServer((head, connection) -> {
            if (head.startsWith("GET /end")) {
                connection.send(OK + "Content-Length: 5\r\n\r\nhello");
            } else {
                forever(connection.send("HTTP/1.1 302 On\r\nLocation: /end\r\n\r\n"), "x".repeat(1000));
            }
        })) {
            assertThat(client.read(to(server).redirects(1))).isEqualTo("hello");
        }
    }

    private static void forever(Connection connection, String more) throws IOException {
        while (true) {
            connection.send(more);
        }
    }

    private void assertResponseKind(Kind kind, Script script) throws IOException {
        try (RawServer server = new RawServer(script)) {
            assertKind(kind, () -> client.send(to(server)));
        }
    }

    private void assertBodyKind(Kind kind, long max, Script script) throws IOException {
        try (RawServer server = new RawServer(script)) {
            assertKind(kind, () -> client.read(to(server).maxBytes(max)));
        }
    }

    private static OutboundRequest.Builder to(RawServer server) {
        return TestOutboundClient.to("http://127.0.0.1:" + server.port() + "/");
    }
}
