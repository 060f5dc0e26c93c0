package io.mediakeep.outbound.http;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.outbound.Route;
import io.mediakeep.testing.server.RawServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Name resolution, addresses, and the request as the server receives it. */
@Timeout(60)
class OutboundClientTest extends OutboundFixture {
    private RawServer server;

    @BeforeEach
    void open() throws IOException {
        server = RawServer.responding(HELLO);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void theResponseHasStatusHeadersAndBody() throws Exception {
        try (RawServer rich = RawServer.responding("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n"
                        + "Content-Type: text/plain\r\nX-Twice: one\r\nx-twice: two\r\n\r\nno");
                OutboundResponse response = client.send(to("http://site.example:" + rich.port() + "/a?b#c"))) {
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.header("content-TYPE")).contains("text/plain");
            assertThat(response.headers("X-TWICE")).containsExactly("one", "two");
            assertThat(response.header("X-None")).isEmpty();
            assertThat(response.length()).hasValue(2);
            assertThat(response.uri()).hasToString("http://site.example:" + rich.port() + "/a?b");
            assertThat(response.body()).hasContent("no");
            assertThat(rich.heads().get(0)).startsWith("GET /a?b HTTP/1.1\r\n");
        }
    }

    @Test
    void onlyRequiredHeadersAreAdded() throws Exception {
        client.read(to("http://site.example:PORT/")
                .header("User-Agent", "Mediakeep")
                .header("Accept", "text/html"));
        assertThat(server.heads().get(0).split("\r\n"))
                .containsExactlyInAnyOrder(
                        "GET / HTTP/1.1",
                        "Host: site.example:" + server.port(),
                        "User-Agent: Mediakeep",
                        "Accept: text/html",
                        "Accept-Encoding: identity",
                        "Connection: keep-alive");
    }

    @Test
    void cookiesAreNotStored() throws Exception {
        try (RawServer baker =
                RawServer.responding("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")) {
            String url = "http://site.example:" + baker.port() + "/";
            client.read(to(url));
            client.read(to(url));
            assertThat(baker.heads()).hasSize(2).noneMatch(head -> head.contains("a=b"));
        }
    }

    @Test
    void aPathMayBeginWithTwoSlashes() throws Exception {
        client.read(to("http://site.example:PORT//evil.example/x"));
        assertThat(server.heads().get(0)).startsWith("GET //evil.example/x HTTP/1.1\r\nHost: site.example");
    }

    @Test
    void aNameThatHasNoAddressIsUnresolved() {
        assertKind(Kind.UNRESOLVED, () -> client.read(to("http://unknown.example:PORT/")));
        names.add("empty.example", "");
        assertKind(Kind.UNRESOLVED, () -> client.read(to("http://empty.example:PORT/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "::1", "10.0.0.1", "169.254.169.254", "fd00:ec2::254", "64:ff9b::a9fe:a9fe"})
    void aNameWithOneDeniedAddressIsDenied(String bad) {
        names.add("mixed.example", "127.0.0.1," + bad).add("bad.example", bad);
        assertKind(Kind.DENIED, () -> client.read(to("http://mixed.example:PORT/")));
        assertKind(Kind.DENIED, () -> client.read(to("http://bad.example:PORT/")));
        assertThat(server.heads()).isEmpty();
    }

    @Test
    void theConnectionUsesTheCheckedAddress() throws Exception {
        names.add("rebinding.example", "127.0.0.1", "127.0.0.2");
        assertThat(client.read(to("http://rebinding.example:PORT/"))).isEqualTo("hello");
        assertThat(names.lookups()).containsExactly("rebinding.example");
        assertKind(Kind.DENIED, () -> client.read(to("http://rebinding.example:PORT/")));
        assertThat(server.heads()).hasSize(1);
    }

    @Test
    void theNextAddressIsTriedWhenOneDoesNotRespond() throws Exception {
        OutboundSettings both = new OutboundSettings(List.of(), List.of("127.0.0.1", "127.0.0.2"), Optional.empty());
        names.add("two.example", "127.0.0.2,127.0.0.1");
        try (OutboundClient lenient = new OutboundClient(both, names);
                OutboundResponse response =
                        lenient.get(to("http://two.example:PORT/").build())) {
            assertThat(response.body()).hasContent("hello");
        }
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0)) {
            free = taken.getLocalPort();
        }
        assertKind(Kind.UNREACHABLE, () -> client.read(to("http://site.example:" + free + "/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "[::1]", "::1", "0x7f000002", "bad.example", "[::ffff:7f00:2]"})
    void aRouteIsCheckedLikeAUrl(String host) {
        names.add("bad.example", "127.0.0.2");
        Route route = new Route(host, server.port(), "site.example", "site.example");
        assertKind(Kind.DENIED, () -> client.read(to("http://site.example/").route(route)));
    }

    @Test
    void aConnectionIsReusedOnlyForTheSameName() throws Exception {
        Set<Integer> connections = ConcurrentHashMap.newKeySet();
        try (RawServer counting = new RawServer((head, connection) -> {
            connections.add(connection.socket().getPort());
            connection.send(HELLO);
        })) {
            client.read(to("http://site.example:" + counting.port() + "/"));
            client.read(to("http://site.example:" + counting.port() + "/"));
            assertThat(connections).hasSize(1);
            client.read(to("http://other.example:" + counting.port() + "/"));
            assertThat(connections).hasSize(2);
        }
    }

    private OutboundRequest.Builder to(String url) {
        return TestOutboundClient.to(at(url));
    }

    private String at(String url) {
        return url.replace("PORT", String.valueOf(server.port()));
    }
}
