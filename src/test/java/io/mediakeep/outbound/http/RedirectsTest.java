package io.mediakeep.outbound.http;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.Route;
import io.mediakeep.testing.server.RawServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which redirects are followed, how many, and what is sent to their targets. */
@Timeout(60)
class RedirectsTest extends OutboundFixture {
    private RawServer server;

    /** Redirects /to?URL to the URL, and responds "hello" to everything else. */
    @BeforeEach
    void open() throws IOException {
        server = new RawServer((head, connection) -> connection.send(
                head.startsWith("GET /to?") ? redirect(head.replaceFirst("(?s)GET /to.(.*?) HTTP.*", "$1")) : HELLO));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aNameThatChangesItsAddressDuringARedirectIsDenied() {
        names.add("rebinding.example", "127.0.0.1", "127.0.0.2");
        assertKind(
                Kind.DENIED,
                () -> client.read(to("http://rebinding.example:PORT/to?/x").redirects(5)));
        assertThat(server.heads()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost2.example:PORT/",
                "http://127.0.0.2:PORT/",
                "//127.0.0.2:PORT/",
                "http://127.2:PORT/",
                "http://2130706434:PORT/",
                "http://0x7f000002:PORT/",
                "http://0177.0.0.2:PORT/",
                "http://[::1]:PORT/",
                "http://[::ffff:127.0.0.2]:PORT/",
                "http://[64:ff9b::7f00:2]:PORT/",
                "http://[2002:7f00:2::]:PORT/",
                "http://0.0.0.0:PORT/",
                "http://0:PORT/",
                "http://10.0.0.1/",
                "http://192.168.0.1:PORT/",
                "http://169.254.169.254/latest/meta-data/",
                "http://2852039166/latest/meta-data/",
                "http://0xa9fea9fe/",
                "http://0251.0376.0251.0376/",
                "http://169.16689662/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://[fd00:ec2::254]/",
                "http://%31%36%39.254.169.254/",
                "http://169.254.169.254./",
                "http://localhost2.example.:PORT/",
                "ftp://site.example/",
                "file:///etc/passwd",
                "http://user@site.example:PORT/"
            })
    void aRedirectToADeniedAddressIsDenied(String place) {
        names.add("localhost2.example", "127.0.0.2");
        assertKind(
                Kind.DENIED,
                () -> client.read(to("http://site.example:PORT/to?" + at(place)).redirects(5)));
        assertThat(server.heads()).hasSize(1);
    }

    @Test
    void followsAsManyRedirectsAsTheRequestAllows() throws Exception {
        String twice = "http://site.example:PORT/to?/to?/end";
        assertThat(client.read(to(twice).redirects(2))).isEqualTo("hello");
        assertKind(Kind.TOO_MANY_REDIRECTS, () -> client.read(to(twice).redirects(1)));
    }

    @Test
    void withoutRedirectsARedirectIsReturned() throws Exception {
        try (OutboundResponse response = client.send(to("http://site.example:PORT/to?http://127.0.0.2/"))) {
            assertThat(response.status()).isEqualTo(302);
            assertThat(response.header("Location")).contains("http://127.0.0.2/");
        }
    }

    @Test
    void aRedirectLoopEnds() throws Exception {
        try (RawServer circle =
                RawServer.responding("HTTP/1.1 301 Round\r\nContent-Length: 0\r\nLocation: /\r\n\r\n")) {
            String url = "http://site.example:" + circle.port() + "/";
            assertKind(Kind.TOO_MANY_REDIRECTS, () -> client.read(to(url).redirects(5)));
            assertThat(circle.heads()).hasSize(6);
        }
    }

    @Test
    void aRedirectWithoutALocationIsReturned() throws Exception {
        try (RawServer lost = RawServer.responding("HTTP/1.1 301 Where?\r\nContent-Length: 0\r\n\r\n");
                OutboundResponse response = client.send(
                        to("http://site.example:" + lost.port() + "/").redirects(5))) {
            assertThat(response.status()).isEqualTo(301);
        }
    }

    @Test
    void credentialsAreSentToTheirOriginOnly() throws Exception {
        String back = "http://site.example:PORT/end";
        String there = "http://other.example:PORT/to?" + back;
        client.read(to("http://site.example:PORT/to?/to?" + there).redirects(5).authorization("X-Matrix secret"));
        assertThat(server.heads()).hasSize(4);
        assertThat(server.heads().subList(0, 2)).allMatch(head -> head.contains("Authorization: X-Matrix secret"));
        assertThat(server.heads().subList(2, 4)).noneMatch(head -> head.contains("secret"));
        assertThat(server.heads().get(2)).contains("Host: other.example");
    }

    @Test
    void anotherPortIsAnotherOrigin() throws Exception {
        try (RawServer neighbour = RawServer.responding(HELLO)) {
            client.read(to("http://site.example:PORT/to?http://site.example:" + neighbour.port() + "/")
                    .redirects(5)
                    .authorization("secret"));
            assertThat(neighbour.heads()).hasSize(1).noneMatch(head -> head.contains("secret"));
        }
    }

    @Test
    void aRouteAppliesUntilARedirectLeavesTheOrigin() throws Exception {
        Route route = new Route("other.example", server.port(), "site.example", "site.example:8448");
        String elsewhere = "http://127.0.0.1:PORT/end";
        client.read(to("http://site.example/to?/to?" + elsewhere).route(route).redirects(5));
        assertThat(names.lookups()).containsExactly("other.example", "other.example");
        assertThat(server.heads().subList(0, 2)).allMatch(head -> head.contains("Host: site.example:8448\r\n"));
        assertThat(server.heads().get(2)).contains("Host: 127.0.0.1:" + server.port() + "\r\n");
    }

    @Test
    void appliesTheFilterToEveryStep() throws Exception {
        assertKind(
                Kind.DENIED,
                () -> client.read(to("http://site.example:PORT/to?http://0x7f.1:PORT/secret")
                        .redirects(5)
                        .filter(url -> !url.toString().equals(at("http://127.0.0.1:PORT/secret")))));
        assertThat(server.heads()).hasSize(1);
    }

    private static String redirect(String location) {
        return "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n";
    }

    private OutboundRequest.Builder to(String url) {
        return TestOutboundClient.to(at(url));
    }

    private String at(String url) {
        return url.replace("PORT", String.valueOf(server.port()));
    }
}
