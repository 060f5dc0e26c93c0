package io.mediakeep.outbound.http;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.Route;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RawServer.Script;
import io.mediakeep.testing.server.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates are trusted, for which name, and what is sent in the handshake. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutboundTlsTest {
    private static final Script HELLO =
            (head, connection) -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

    @TempDir
    static Path directory;

    private static TestCertificates certificates;
    private static SSLContext siteExample;
    private static TestOutboundClient client;

    @BeforeAll
    static void open() throws Exception {
        certificates = new TestCertificates(directory);
        siteExample = certificates.server("site.example", "127.0.0.1");
        client = client(Optional.of(certificates.authority()));
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @Test
    void trustsTheConfiguredAuthority() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            assertThat(client.read(url("site.example", server))).isEqualTo("hello");
            assertThat(client.read(url("SITE.example.", server))).isEqualTo("hello");
            assertThat(server.serverNames()).containsExactly("site.example", "site.example");
        }
    }

    @Test
    void acceptsACertificateForAnAddress() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            assertThat(client.read(url("127.0.0.1", server))).isEqualTo("hello");
            assertThat(client.read(url("0x7f.1", server))).isEqualTo("hello");
            assertThat(server.serverNames()).containsOnly("");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRejected() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            assertTls(() -> client.read(url("other.example", server)));
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void anUntrustedCertificateIsRejected() throws Exception {
        try (RawServer server = new RawServer(certificates.selfSignedServer("site.example"), HELLO)) {
            assertTls(() -> client.read(url("site.example", server)));
        }
    }

    @Test
    void anExpiredCertificateIsRejected() throws Exception {
        try (RawServer server = new RawServer(certificates.expiredServer("site.example"), HELLO)) {
            assertTls(() -> client.read(url("site.example", server)));
        }
    }

    @Test
    void withoutConfigurationOnlyTheAuthoritiesOfTheJvmAreTrusted() throws Exception {
        try (TestOutboundClient strict = client(Optional.empty());
                RawServer server = new RawServer(siteExample, HELLO)) {
            assertTls(() -> strict.read(url("site.example", server)));
        }
    }

    @Test
    void aRouteDeterminesCertificateNameAndHostHeader() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            Route route = new Route("127.0.0.1", server.port(), "site.example", "site.example:8448");
            assertThat(client.read(TestOutboundClient.to("https://delegating.example/x")
                            .route(route)))
                    .isEqualTo("hello");
            assertThat(server.serverNames()).containsExactly("site.example");
            assertThat(server.heads().get(0)).contains("GET /x HTTP/1.1\r\n", "Host: site.example:8448\r\n");
            Route wrong = new Route("127.0.0.1", server.port(), "delegating.example", "site.example");
            assertTls(() ->
                    client.read(TestOutboundClient.to("https://site.example/x").route(wrong)));
        }
    }

    @Test
    void aConnectionIsNotReusedForAnotherNameOfTheCertificate() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            client.read(url("site.example", server));
            Route wrong = new Route("127.0.0.1", server.port(), "other.example", "site.example");
            assertTls(() ->
                    client.read(TestOutboundClient.to("https://site.example/").route(wrong)));
        }
    }

    @Test
    void aTruncatedBodyIsAnError() throws Exception {
        try (RawServer server = new RawServer(siteExample, (head, connection) -> {
            connection
                    .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
                    .close();
        })) {
            assertKind(Kind.BAD_RESPONSE, () -> client.read(url("site.example", server)));
        }
    }

    @Test
    void aSlowBodyEndsAtTheDeadline() throws Exception {
        Script drip = (head, connection) -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while (true) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                connection.send("x");
            }
        };
        try (RawServer server = new RawServer(siteExample, drip)) {
            OutboundRequest.Builder impatient =
                    TestOutboundClient.to("https://site.example:" + server.port(), Duration.ofSeconds(1));
            assertKind(Kind.TIMEOUT, () -> client.read(impatient.truncateAt(1_000_000)));
        }
    }

    @Test
    void aFileWithoutCertificatesIsRejected() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing\n");
        assertThatThrownBy(() -> client(Optional.of(empty))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client(Optional.of(directory.resolve("none.pem"))))
                .isInstanceOf(IOException.class);
    }

    private static TestOutboundClient client(Optional<Path> authority) throws IOException {
        return new TestOutboundClient(
                new TestResolver().add("site.example", "127.0.0.1").add("other.example", "127.0.0.1"), authority);
    }

    private static OutboundRequest.Builder url(String host, RawServer server) {
        return TestOutboundClient.to("https://" + host + ":" + server.port() + "/");
    }

    private static void assertTls(ThrowingCallable call) {
        assertKind(Kind.TLS, call);
    }
}
