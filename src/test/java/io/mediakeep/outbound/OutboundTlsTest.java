package io.mediakeep.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.testing.RawServer;
import io.mediakeep.testing.RawServer.Script;
import io.mediakeep.testing.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificate is believed, for which name, and what the server is told about it. */
@Timeout(60)
class OutboundTlsTest {
    private static final Script HELLO = (head, talk) -> talk.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static SSLContext siteExample;
    private static OutboundClient client;

    @BeforeAll
    static void open() throws Exception {
        certificates = new TestCertificates(folder);
        siteExample = certificates.server("site.example", "127.0.0.1");
        client = client(Optional.of(certificates.authority()));
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @Test
    void believesTheOperatorsAuthority() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            assertThat(get(client, url("site.example", server))).isEqualTo("hello");
            assertThat(get(client, url("SITE.example.", server))).isEqualTo("hello");
            assertThat(server.serverNames()).containsExactly("site.example", "site.example");
        }
    }

    @Test
    void believesACertificateForAnAddress() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            assertThat(get(client, url("127.0.0.1", server))).isEqualTo("hello");
            assertThat(get(client, url("0x7f.1", server))).isEqualTo("hello");
            assertThat(server.serverNames()).containsOnly("");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            assertTls(() -> get(client, url("other.example", server)));
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void aCertificateThatNobodySignedIsRefused() throws Exception {
        try (RawServer server = new RawServer(certificates.selfSignedServer("site.example"), HELLO)) {
            assertTls(() -> get(client, url("site.example", server)));
        }
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        try (RawServer server = new RawServer(certificates.expiredServer("site.example"), HELLO)) {
            assertTls(() -> get(client, url("site.example", server)));
        }
    }

    @Test
    void withoutTheOperatorsWordOnlyTheAuthoritiesOfTheRuntimeAreBelieved() throws Exception {
        try (OutboundClient strict = client(Optional.empty());
                RawServer server = new RawServer(siteExample, HELLO)) {
            assertTls(() -> get(strict, url("site.example", server)));
        }
    }

    @Test
    void aRouteSaysTheNameOfTheCertificateAndTheHostHeader() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            Route route = new Route("127.0.0.1", server.port(), "site.example", "site.example:8448");
            assertThat(get(client, to("https://delegating.example/x").via(route)))
                    .isEqualTo("hello");
            assertThat(server.serverNames()).containsExactly("site.example");
            assertThat(server.heads().get(0)).contains("GET /x HTTP/1.1\r\n", "Host: site.example:8448\r\n");
            Route wrong = new Route("127.0.0.1", server.port(), "delegating.example", "site.example");
            assertTls(() -> get(client, to("https://site.example/x").via(wrong)));
        }
    }

    @Test
    void aConnectionIsNotUsedAgainForAnotherNameOfTheCertificate() throws Exception {
        try (RawServer server = new RawServer(siteExample, HELLO)) {
            get(client, url("site.example", server));
            Route wrong = new Route("127.0.0.1", server.port(), "other.example", "site.example");
            assertTls(() -> get(client, to("https://site.example/").via(wrong)));
        }
    }

    @Test
    void aBodyThatBreaksOffIsNeverAShortBody() throws Exception {
        try (RawServer server = new RawServer(siteExample, (head, talk) -> {
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello").hangUp();
        })) {
            assertKind(Kind.BAD_ANSWER, () -> get(client, url("site.example", server)));
        }
    }

    @Test
    void aBodyThatDripsDoesNotOutliveTheDeadline() throws Exception {
        Script drip = (head, talk) -> {
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while (true) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                talk.say("x");
            }
        };
        try (RawServer server = new RawServer(siteExample, drip)) {
            OutboundRequest.Builder impatient = OutboundRequest.to(
                    URI.create("https://site.example:" + server.port()),
                    Deadline.in(Duration.ofSeconds(1), Clock.systemUTC()));
            assertKind(Kind.TIMEOUT, () -> get(client, impatient.theFirst(1_000_000)));
        }
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
        assertThatThrownBy(() -> client(Optional.of(empty))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client(Optional.of(folder.resolve("none.pem"))))
                .isInstanceOf(IOException.class);
    }

    private static OutboundClient client(Optional<Path> authority) throws IOException {
        Names names = new Names().say("site.example", "127.0.0.1").say("other.example", "127.0.0.1");
        return new OutboundClient(new OutboundSettings(List.of(), List.of("127.0.0.1/32"), authority), names);
    }

    private static OutboundRequest.Builder url(String host, RawServer server) {
        return to("https://" + host + ":" + server.port() + "/");
    }

    private static OutboundRequest.Builder to(String url) {
        return OutboundRequest.to(URI.create(url), Deadline.in(Duration.ofSeconds(30), Clock.systemUTC()));
    }

    private static String get(OutboundClient client, OutboundRequest.Builder request) throws IOException {
        try (OutboundAnswer answer = client.get(request.build())) {
            return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertTls(ThrowingCallable call) {
        assertKind(Kind.TLS, call);
    }

    private static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        failure -> assertThat(failure.kind())
                                .as(failure.getMessage())
                                .isEqualTo(kind));
    }
}
