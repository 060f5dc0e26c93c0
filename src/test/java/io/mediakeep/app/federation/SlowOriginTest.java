package io.mediakeep.app.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RawServer.Connection;
import io.mediakeep.testing.server.RawServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Slow origins. The timeout of a fetch depends on the maximum size, which is so small here that it is half a second.
 */
class SlowOriginTest extends OriginFixture {
    private static final String HALF = OK + MULTIPART + "\r\n" + JSON_PART + "--b\r\n\r\nsome of it, ";

    private static final String MORE =
            file("Content-Length: 4\r\n", "meow").replaceFirst("Content-Length: ", "Content-Length: 1");

    @Override
    Map<String, String> settings() {
        return Map.of("remote.max-size", "10KiB", "remote.timeout", "500ms");
    }

    @AfterEach
    void nothingIsStored() throws Exception {
        assertNothingStored();
    }

    static Stream<Arguments> slow() {
        return Stream.of(
                slow("says nothing", (head, connection) -> connection.awaitClose()),
                slow("drips a header", (head, connection) -> drip(connection.send(OK + "X-Slow: "))),
                slow("drips an envelope", (head, connection) -> drip(connection.send(OK + MULTIPART + "\r\n"))),
                slow("drips a file", (head, connection) -> drip(connection.send(HALF))),
                slow(
                        "stops in the middle",
                        (head, connection) -> connection.send(HALF).awaitClose()),
                slow(
                        "promises more than the file",
                        (head, connection) -> connection.send(MORE).awaitClose()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("slow")
    void slowResponsesTimeOut(String what, Script script) throws Exception {
        try (RawServer origin = origin(script)) {
            assertThat(download(mxc(origin))).isIn("502 M_UNKNOWN", BREAKS_OFF);
            assertThat(download(mxc(origin))).isEqualTo("502 M_UNKNOWN");
            assertThat(origin.heads()).hasSize(1);
        }
    }

    @Test
    void aTlsHandshakeTimesOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName(federation.address()))) {
            String name = federation.address() + ":" + silent.getLocalPort();
            assertThat(download("mxc://" + name + "/cat")).isEqualTo("502 M_UNKNOWN");
        }
    }

    private static void drip(Connection connection) throws IOException {
        while (true) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            connection.send("x");
        }
    }

    private static Arguments slow(String what, Script script) {
        return Arguments.of(what, script);
    }
}
