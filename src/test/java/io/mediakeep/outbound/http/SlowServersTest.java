package io.mediakeep.outbound.http;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;

import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RawServer.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slow servers: none gets more time than the request permits. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowServersTest extends OutboundFixture {
    private static final Duration NEVER = Duration.ofHours(2);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(400);

    @Test
    void endlessInterimResponsesEndAtTheDeadline() throws Exception {
        try (RawServer server = new RawServer((head, connection) -> {
            while (true) {
                connection.send("HTTP/1.1 103 Early Hints\r\n\r\n");
            }
        })) {
            assertKind(Kind.TIMEOUT, () -> client.send(to(server, SHORT)));
        }
    }

    @Test
    void slowHeadersEndAtTheDeadline() throws Exception {
        assertThrownWhileSending("HTTP/1.1 200 OK\r\nX-Slow: ");
    }

    @Test
    void aSlowBodyEndsAtTheDeadline() throws Exception {
        assertThrownWhileSending(OK + "Content-Length: 1000000\r\n\r\n");
    }

    private void assertThrownWhileSending(String beginning) throws Exception {
        try (RawServer server = new RawServer((head, connection) -> drip(connection.send(beginning)))) {
            assertKind(Kind.TIMEOUT, () -> client.read(to(server, SHORT).maxBytes(1_000_000)));
        }
    }

    @Test
    void slowHeadersFailAfterTheIdleTimeout() throws Exception {
        try (RawServer server =
                new RawServer((head, connection) -> drip(connection.send("HTTP/1.1 200 OK\r\nX-Slow: ")))) {
            assertKind(Kind.TIMEOUT, () -> client.send(to(server, NEVER).idle(SHORT)));
        }
    }

    @Test
    void aSlowBodyFailsLongBeforeTheDeadline() throws Exception {
        try (RawServer server =
                new RawServer((head, connection) -> drip(connection.send(OK + "Content-Length: 1000000\r\n\r\n")))) {
            assertKind(Kind.TIMEOUT, () -> client.read(to(server, NEVER).maxBytes(1_000_000)));
        }
    }

    @Test
    void aStalledHandshakeEndsAtTheDeadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            String url = "https://127.0.0.1:" + silent.getLocalPort() + "/";
            assertKind(Kind.TIMEOUT, () -> client.send(TestOutboundClient.to(url, SHORT)));
        }
    }

    @Test
    void anIdleServerTimesOut() throws Exception {
        for (String beginning : new String[] {"HTTP/1.1 200", OK + "Content-Length: 10\r\n\r\nhello"}) {
            try (RawServer server = new RawServer(
                    (head, connection) -> connection.send(beginning).awaitClose())) {
                assertKind(Kind.TIMEOUT, () -> client.read(to(server, LONG).idle(Duration.ofMillis(200))));
            }
        }
    }

    @Test
    void redirectsEndAtTheDeadline() throws Exception {
        try (RawServer server = new RawServer((head, connection) -> {
            pause();
            connection.send("HTTP/1.1 302 On\r\nContent-Length: 0\r\nLocation: /\r\n\r\n");
        })) {
            assertKind(
                    Kind.TIMEOUT,
                    () -> client.send(to(server, Duration.ofMillis(250)).redirects(5)));
        }
    }

    @Test
    void anUnclosedResponseIsClosedAtTheDeadline() throws Exception {
        try (RawServer server = new RawServer((head, connection) -> drip(connection.send(OK + "\r\nhello")));
                OutboundResponse response = client.send(to(server, Duration.ofSeconds(2)));
                InputStream body = response.body()) {
            assertKind(Kind.TIMEOUT, body::readAllBytes);
        }
    }

    private static void drip(Connection connection) throws IOException {
        while (true) {
            pause();
            connection.send("x");
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }

    private static OutboundRequest.Builder to(RawServer server, Duration timeout) {
        return TestOutboundClient.to("http://127.0.0.1:" + server.port() + "/", timeout);
    }
}
