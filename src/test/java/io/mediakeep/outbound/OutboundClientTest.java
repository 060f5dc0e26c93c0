package io.mediakeep.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.testing.RawServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a request: names, addresses, redirects, and what goes along. Only 127.0.0.1 is allowed. */
@Timeout(60)
class OutboundClientTest {
    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    private final Names names = new Names().say("site.example", "127.0.0.1").say("other.example", "127.0.0.1");
    private OutboundClient client;
    private RawServer server;

    /** Sends /to?URL to the URL, and says hello to everything else. */
    @BeforeEach
    void open() throws IOException {
        server = new RawServer((head, talk) -> talk.say(
                head.startsWith("GET /to?")
                        ? "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                                + head.replaceFirst("(?s)GET /to.(.*?) HTTP.*", "$1") + "\r\n\r\n"
                        : HELLO));
        client = new OutboundClient(new OutboundSettings(List.of(), List.of("127.0.0.1/32"), Optional.empty()), names);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void getsAnAnswerAndItsHeaders() throws Exception {
        try (RawServer rich = RawServer.saying("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n"
                        + "Content-Type: text/plain\r\nX-Twice: one\r\nx-twice: two\r\n\r\nno");
                OutboundAnswer answer = client.get(
                        to("http://site.example:" + rich.port() + "/a?b#c").build())) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("content-TYPE")).contains("text/plain");
            assertThat(answer.headers("X-TWICE")).containsExactly("one", "two");
            assertThat(answer.header("X-None")).isEmpty();
            assertThat(answer.length()).hasValue(2);
            assertThat(answer.uri()).hasToString("http://site.example:" + rich.port() + "/a?b");
            assertThat(answer.body()).hasContent("no");
            assertThat(rich.heads().get(0)).startsWith("GET /a?b HTTP/1.1\r\n");
        }
    }

    @Test
    void sendsWhatTheRequestSaysAndLittleElse() throws Exception {
        get(to("http://site.example:PORT/").header("User-Agent", "Mediakeep").header("Accept", "text/html"));
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
    void cookiesAreForgotten() throws Exception {
        try (RawServer baker = RawServer.saying("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")) {
            String url = "http://site.example:" + baker.port() + "/";
            get(to(url));
            get(to(url));
            assertThat(baker.heads()).hasSize(2).noneMatch(head -> head.contains("a=b"));
        }
    }

    @Test
    void aPathThatBeginsWithTwoSlashesIsAPath() throws Exception {
        get(to("http://site.example:PORT//evil.example/x"));
        assertThat(server.heads().get(0)).startsWith("GET //evil.example/x HTTP/1.1\r\nHost: site.example");
    }

    @Test
    void aNameThatHasNoAddressIsUnresolved() {
        assertKind(Kind.UNRESOLVED, () -> get(to("http://unknown.example:PORT/")));
        names.say("empty.example", "");
        assertKind(Kind.UNRESOLVED, () -> get(to("http://empty.example:PORT/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "::1", "10.0.0.1", "169.254.169.254", "fd00:ec2::254", "64:ff9b::a9fe:a9fe"})
    void aNameWithOneBadAddressIsDenied(String bad) {
        names.say("mixed.example", "127.0.0.1," + bad).say("bad.example", bad);
        assertKind(Kind.DENIED, () -> get(to("http://mixed.example:PORT/")));
        assertKind(Kind.DENIED, () -> get(to("http://bad.example:PORT/")));
        assertThat(server.heads()).isEmpty();
    }

    @Test
    void aNameIsResolvedOnceForEachStepAndTheConnectionGoesThere() throws Exception {
        names.say("rebinding.example", "127.0.0.1", "127.0.0.2");
        assertThat(get(to("http://rebinding.example:PORT/"))).isEqualTo("hello");
        assertThat(names.asked()).containsExactly("rebinding.example");
        assertKind(Kind.DENIED, () -> get(to("http://rebinding.example:PORT/")));
        assertThat(server.heads()).hasSize(1);
    }

    @Test
    void aNameThatChangesItsAddressDuringARedirectIsDenied() {
        names.say("rebinding.example", "127.0.0.1", "127.0.0.2");
        assertKind(
                Kind.DENIED, () -> get(to("http://rebinding.example:PORT/to?/x").redirects(5)));
        assertThat(server.heads()).hasSize(1);
    }

    @Test
    void triesTheNextAddressWhenOneDoesNotAnswer() throws Exception {
        OutboundSettings both = new OutboundSettings(List.of(), List.of("127.0.0.1", "127.0.0.2"), Optional.empty());
        names.say("two.example", "127.0.0.2,127.0.0.1");
        try (OutboundClient lenient = new OutboundClient(both, names);
                OutboundAnswer answer =
                        lenient.get(to("http://two.example:PORT/").build())) {
            assertThat(answer.body()).hasContent("hello");
        }
    }

    @Test
    void nobodyAtTheAddressIsUnreachable() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0)) {
            free = taken.getLocalPort();
        }
        assertKind(Kind.UNREACHABLE, () -> get(to("http://site.example:" + free + "/")));
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
    void aRedirectToAForbiddenPlaceIsDenied(String place) {
        names.say("localhost2.example", "127.0.0.2");
        assertKind(
                Kind.DENIED,
                () -> get(to("http://site.example:PORT/to?" + at(place)).redirects(5)));
        assertThat(server.heads()).hasSize(1);
    }

    @Test
    void followsAsManyRedirectsAsTheRequestAllows() throws Exception {
        String twice = "http://site.example:PORT/to?/to?/end";
        assertThat(get(to(twice).redirects(2))).isEqualTo("hello");
        assertKind(Kind.TOO_MANY_REDIRECTS, () -> get(to(twice).redirects(1)));
    }

    @Test
    void withoutRedirectsARedirectIsAnAnswer() throws Exception {
        try (OutboundAnswer answer =
                client.get(to("http://site.example:PORT/to?http://127.0.0.2/").build())) {
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Location")).contains("http://127.0.0.2/");
        }
    }

    @Test
    void aCircleOfRedirectsEnds() throws Exception {
        try (RawServer circle = RawServer.saying("HTTP/1.1 301 Round\r\nContent-Length: 0\r\nLocation: /\r\n\r\n")) {
            String url = "http://site.example:" + circle.port() + "/";
            assertKind(Kind.TOO_MANY_REDIRECTS, () -> get(to(url).redirects(5)));
            assertThat(circle.heads()).hasSize(6);
        }
    }

    @Test
    void aRedirectWithoutALocationIsAnAnswer() throws Exception {
        try (RawServer lost = RawServer.saying("HTTP/1.1 301 Where?\r\nContent-Length: 0\r\n\r\n");
                OutboundAnswer answer = client.get(to("http://site.example:" + lost.port() + "/")
                        .redirects(5)
                        .build())) {
            assertThat(answer.status()).isEqualTo(301);
        }
    }

    @Test
    void credentialsStayAtTheirOrigin() throws Exception {
        String back = "http://site.example:PORT/end";
        String there = "http://other.example:PORT/to?" + back;
        get(to("http://site.example:PORT/to?/to?" + there).redirects(5).authorization("X-Matrix secret"));
        assertThat(server.heads()).hasSize(4);
        assertThat(server.heads().subList(0, 2)).allMatch(head -> head.contains("Authorization: X-Matrix secret"));
        assertThat(server.heads().subList(2, 4)).noneMatch(head -> head.contains("secret"));
        assertThat(server.heads().get(2)).contains("Host: other.example");
    }

    @Test
    void anotherPortIsAnotherOrigin() throws Exception {
        try (RawServer neighbour = RawServer.saying(HELLO)) {
            get(to("http://site.example:PORT/to?http://site.example:" + neighbour.port() + "/")
                    .redirects(5)
                    .authorization("secret"));
            assertThat(neighbour.heads()).hasSize(1).noneMatch(head -> head.contains("secret"));
        }
    }

    @Test
    void aRouteSaysWhereToConnectUntilARedirectLeaves() throws Exception {
        Route route = new Route("other.example", server.port(), "site.example", "site.example:8448");
        String elsewhere = "http://127.0.0.1:PORT/end";
        get(to("http://site.example/to?/to?" + elsewhere).via(route).redirects(5));
        assertThat(names.asked()).containsExactly("other.example", "other.example");
        assertThat(server.heads().subList(0, 2)).allMatch(head -> head.contains("Host: site.example:8448\r\n"));
        assertThat(server.heads().get(2)).contains("Host: 127.0.0.1:" + server.port() + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "[::1]", "::1", "0x7f000002", "bad.example", "[::ffff:7f00:2]"})
    void aRouteIsGuardedLikeAUrl(String host) {
        names.say("bad.example", "127.0.0.2");
        Route route = new Route(host, server.port(), "site.example", "site.example");
        assertKind(Kind.DENIED, () -> get(to("http://site.example/").via(route)));
    }

    @Test
    void asksTheRuleAboutEveryStep() throws Exception {
        assertKind(
                Kind.DENIED,
                () -> get(to("http://site.example:PORT/to?http://0x7f.1:PORT/secret")
                        .redirects(5)
                        .onlyWhere(url -> !url.toString().equals(at("http://127.0.0.1:PORT/secret")))));
        assertThat(server.heads()).hasSize(1);
    }

    @Test
    void aConnectionIsUsedAgainOnlyForTheSameName() throws Exception {
        try (Visitors visitors = new Visitors()) {
            get(to("http://site.example:" + visitors.port() + "/"));
            get(to("http://site.example:" + visitors.port() + "/"));
            assertThat(visitors.connections()).isEqualTo(1);
            get(to("http://other.example:" + visitors.port() + "/"));
            assertThat(visitors.connections()).isEqualTo(2);
        }
    }

    /** Counts connections by the sockets that requests come from. */
    private static final class Visitors implements AutoCloseable {
        private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
        private final RawServer server = new RawServer((head, talk) -> {
            ports.add(talk.socket().getPort());
            talk.say(HELLO);
        });

        Visitors() throws IOException {}

        int port() {
            return server.port();
        }

        int connections() {
            return ports.size();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private OutboundRequest.Builder to(String url) {
        return OutboundRequest.to(URI.create(at(url)), Deadline.in(Duration.ofSeconds(30), Clock.systemUTC()));
    }

    private String at(String url) {
        return url.replace("PORT", String.valueOf(server.port()));
    }

    private String get(OutboundRequest.Builder request) throws IOException {
        try (OutboundAnswer answer = client.get(request.build())) {
            return new String(answer.body().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
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
