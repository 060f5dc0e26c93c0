package io.mediakeep.app;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.config.Config;
import io.mediakeep.config.ConfigReader;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.RawConnection;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded server adds to the resources: the client's address, and the rejection of invalid requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedServerTest {
    private static final Map<String, String> ONE_DOWNLOAD =
            Map.of("MEDIAKEEP_RATE_LIMITS_DOWNLOAD_BURST", "1", "MEDIAKEEP_RATE_LIMITS_DOWNLOAD_PER_SECOND", "0.001");

    private Assembly assembly;
    private EmbeddedServer server;
    private Client anonymous;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Path file = new TestConfig(directory.resolve("data")).writeTo(directory);
        Config config = ConfigReader.read(Optional.of(file), ONE_DOWNLOAD, Optional.empty(), directory);
        assembly = Assembly.of(config);
        server = new EmbeddedServer(config, assembly.served(), assembly);
        server.start();
        anonymous = new Client(server.url(), "");
    }

    @AfterAll
    void stop() {
        server.close();
        assembly.close();
    }

    @Test
    void clientsOfATrustedProxyHaveSeparateLimits() throws Exception {
        assertThat(download("203.0.113.7").statusCode()).isEqualTo(404);
        assertThat(error(download("203.0.113.7"))).isEqualTo("429 M_LIMIT_EXCEEDED");
        assertThat(download("203.0.113.8").statusCode()).isEqualTo(404);
    }

    @Test
    void forwardedHeadersOfTheClientAreIgnored() throws Exception {
        assertThat(download("203.0.113.9").statusCode()).isEqualTo(404);
        assertThat(download("198.51.100.1, 203.0.113.9").statusCode()).isEqualTo(429);
        assertThat(download("198.51.100.2", "203.0.113.9, 127.0.0.1").statusCode())
                .isEqualTo(429);
    }

    @Test
    void addressesOfOneIpv6NetworkAreOneClient() throws Exception {
        assertThat(download("2001:db8:1:2::1").statusCode()).isEqualTo(404);
        assertThat(download("2001:db8:1:2:3:4:5:6").statusCode()).isEqualTo(429);
        assertThat(download("2001:db8:1:3::1").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%zz", "/a%00b", "//a", "/a|b", "/_matrix/media/v3/config?a=%zz"})
    void anInvalidRequestTargetIsRejectedAndItsConnectionClosed(String target) throws Exception {
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(request + request);
            String response = connection.rest();
            assertThat(response)
                    .startsWith("HTTP/1.1 404 ")
                    .containsOnlyOnce("HTTP/1.1")
                    .contains("{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"Unrecognized request\"}")
                    .containsIgnoringCase("Content-Type: application/json")
                    .containsIgnoringCase("Access-Control-Allow-Origin: *");
        }
    }

    /** Otherwise a stop would wait for it. */
    @Test
    void aRequestOfADisconnectedClientIsNotCounted() throws Exception {
        Client alice = new Client(server.url(), TestConfig.ALICE);
        String mxc = json(alice.post("/_matrix/media/v1/create")).getString("content_uri");
        try (RawConnection reader = new RawConnection(server.url())) {
            reader.resetOnClose().send(waiting(mxc));
            Eventually.holds(() -> assertThat(server.running()).isEqualTo(1));
        }
        alice.send(alice.request(Client.put(mxc)).PUT(BodyPublishers.ofByteArray(new byte[1 << 20])));
        Eventually.holds(() -> assertThat(server.running()).isZero());
    }

    private static String waiting(String mxc) {
        return "GET " + Client.legacyDownload(mxc) + "?timeout_ms=60000 HTTP/1.1\r\nHost: localhost\r\n"
                + "X-Forwarded-For: 203.0.113.77\r\n\r\n";
    }

    private HttpResponse<byte[]> download(String... forwardedFor) throws Exception {
        HttpRequest.Builder request = anonymous.request("/_matrix/media/v3/download/example.org/nothing");
        for (String value : forwardedFor) {
            request.header("X-Forwarded-For", value);
        }
        return anonymous.send(request);
    }
}
