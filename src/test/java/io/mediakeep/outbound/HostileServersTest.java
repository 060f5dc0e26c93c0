package io.mediakeep.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.testing.RawServer;
import io.mediakeep.testing.RawServer.Script;
import io.mediakeep.testing.RawServer.Talk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that lie, babble, drip and stall: none of them gets more time, memory or trust than the request gives. */
@Timeout(60)
class HostileServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private OutboundClient client;

    @BeforeEach
    void open() throws IOException {
        client = new OutboundClient(
                new OutboundSettings(List.of(), List.of("127.0.0.1/32"), Optional.empty()), new Names());
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "Transfer-Encoding: chunked\r\n\r\na\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
            })
    void aBodyThatBreaksOffIsNeverAShortBody(String answer) throws Exception {
        assertBodyKind(
                Kind.BAD_ANSWER, 1024, (head, talk) -> talk.say(OK + answer).hangUp());
    }

    @Test
    void aConnectionThatIsResetIsNeverAShortBody() throws Exception {
        assertBodyKind(Kind.BAD_ANSWER, 1024, (head, talk) -> {
            talk.say(OK + "Content-Length: 10\r\n\r\nhello");
            talk.socket().setSoLinger(true, 0);
            talk.hangUp();
        });
    }

    @Test
    void aBodyWithoutALengthEndsWithTheConnection() throws Exception {
        try (RawServer server =
                        new RawServer((head, talk) -> talk.say(OK + "\r\nhello").hangUp());
                OutboundAnswer answer = client.get(to(server).build())) {
            assertThat(answer.length()).isEmpty();
            assertThat(answer.body()).hasContent("hello");
        }
    }

    @Test
    void whatComesAfterTheBodyIsNotPartOfIt() throws Exception {
        try (RawServer server = RawServer.saying(OK + "Content-Length: 5\r\n\r\nhello, world");
                OutboundAnswer answer = client.get(to(server).build())) {
            assertThat(answer.body()).hasContent("hello");
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
    void whatIsNotHttpIsABadAnswer(String answer) throws Exception {
        assertBodyKind(Kind.BAD_ANSWER, 1024, (head, talk) -> talk.say(answer).hangUp());
    }

    @Test
    void aServerThatHangsUpWithoutAWordGivesABadAnswer() throws Exception {
        assertKind(Kind.BAD_ANSWER, (head, talk) -> talk.hangUp());
    }

    @Test
    void aServerThatResetsTheConnectionIsUnreachable() throws Exception {
        assertKind(Kind.UNREACHABLE, (head, talk) -> {
            talk.socket().setSoLinger(true, 0);
            talk.hangUp();
        });
    }

    @Test
    void aHeaderWithoutAnEndIsABadAnswer() throws Exception {
        assertKind(Kind.BAD_ANSWER, (head, talk) -> {
            talk.say(OK + "X-Long: ");
            forever(talk, "x".repeat(1000));
        });
    }

    @Test
    void aStatusLineWithoutAnEndIsABadAnswer() throws Exception {
        assertKind(Kind.BAD_ANSWER, (head, talk) -> forever(talk.say("HTTP/1.1 200 "), "x".repeat(1000)));
    }

    @Test
    void headersWithoutAnEndAreABadAnswer() throws Exception {
        assertKind(Kind.BAD_ANSWER, (head, talk) -> forever(talk.say(OK), "X-Another: header\r\n"));
    }

    @Test
    void foldedHeadersWithoutAnEndAreABadAnswer() throws Exception {
        assertKind(Kind.BAD_ANSWER, (head, talk) -> forever(talk.say(OK + "X-Long: x\r\n"), "\tmore and more\r\n"));
    }

    @Test
    void emptyLinesWithoutAnEndAreABadAnswer() throws Exception {
        assertKind(Kind.BAD_ANSWER, (head, talk) -> forever(talk, "\r\n"));
    }

    @Test
    void promisesWithoutAnEndDoNotOutliveTheDeadline() throws Exception {
        try (RawServer server = new RawServer((head, talk) -> forever(talk, "HTTP/1.1 103 Early Hints\r\n\r\n"))) {
            assertThrown(Kind.TIMEOUT, () -> client.get(to(server, SHORT).build()));
        }
    }

    @Test
    void trailersWithoutAnEndAreABadAnswer() throws Exception {
        assertBodyKind(Kind.BAD_ANSWER, 1024, (head, talk) -> {
            talk.say(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n");
            forever(talk, "X-Another: trailer\r\n");
        });
    }

    @Test
    void anEndlessBodyIsTooLarge() throws Exception {
        assertBodyKind(Kind.TOO_LARGE, 100_000, (head, talk) -> forever(talk.say(OK + "\r\n"), "x".repeat(1000)));
    }

    @Test
    void endlessChunksAreTooLarge() throws Exception {
        assertBodyKind(
                Kind.TOO_LARGE,
                100_000,
                (head, talk) -> forever(talk.say(OK + "Transfer-Encoding: chunked\r\n\r\n"), "5\r\nhello\r\n"));
    }

    @Test
    void aBodyThatIsSaidToBeTooLargeIsNotRead() throws Exception {
        try (RawServer server = RawServer.saying(OK + "Content-Length: 11\r\n\r\nhello");
                OutboundAnswer answer = client.get(to(server).atMost(10).build())) {
            assertThat(answer.length()).hasValue(11);
            assertThrown(Kind.TOO_LARGE, () -> answer.body().read());
        }
    }

    @Test
    void aBodyMayBeAsLongAsTheLimit() throws Exception {
        for (String answer : new String[] {"Content-Length: 5\r\n\r\nhello", "Connection: close\r\n\r\nhello"}) {
            try (RawServer server =
                    new RawServer((head, talk) -> talk.say(OK + answer).hangUp())) {
                assertThat(read(to(server).atMost(5))).isEqualTo("hello");
                assertThrown(Kind.TOO_LARGE, () -> read(to(server).atMost(4)));
                assertThat(read(to(server).theFirst(4))).isEqualTo("hell");
                assertThat(read(to(server).theFirst(6))).isEqualTo("hello");
            }
        }
    }

    @Test
    void thePartThatFitsIsReadWithoutTheRest() throws Exception {
        try (RawServer server = new RawServer((head, talk) -> {
            talk.say(OK + "Content-Length: 1000000\r\n\r\nhello");
            talk.listenToTheEnd();
        })) {
            assertThat(read(to(server).theFirst(5))).isEqualTo("hello");
        }
    }

    @Test
    void closingAnAnswerDoesNotWaitForTheRest() throws Exception {
        try (RawServer server = new RawServer((head, talk) -> {
            talk.say(OK + "Content-Length: 1000000\r\n\r\nhello");
            talk.listenToTheEnd();
        })) {
            OutboundAnswer answer = client.get(to(server).atMost(1_000_000).build());
            assertThat(answer.body().read()).isEqualTo('h');
            answer.close();
            assertThat(answer.body().read()).isEqualTo(-1);
        }
    }

    @Test
    void aBodyIsDecompressedAndCountedAfterwards() throws Exception {
        byte[] bomb = zipped(10_000_000);
        Script script =
                (head, talk) -> talk.say(OK + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n")
                        .say(bomb);
        try (RawServer server = new RawServer(script);
                OutboundAnswer answer =
                        client.get(to(server).compressed().atMost(1_000_000).build())) {
            assertThat(server.heads().get(0)).contains("Accept-Encoding: gzip\r\n");
            assertThat(answer.length()).isEmpty();
            assertThrown(Kind.TOO_LARGE, () -> answer.body().transferTo(OutputStream.nullOutputStream()));
        }
        try (RawServer server = new RawServer(script)) {
            assertThat(read(to(server).compressed().atMost(10_000_000))).hasSize(10_000_000);
            assertThat(read(to(server).compressed().theFirst(1000))).hasSize(1000);
        }
    }

    @Test
    void aCompressedBodyThatBreaksOffIsNeverAShortBody() throws Exception {
        byte[] whole = zipped(100_000);
        assertBodyKind(
                Kind.BAD_ANSWER,
                1_000_000,
                (head, talk) -> talk.say(OK + "Content-Encoding: gzip\r\n\r\n")
                        .say(Arrays.copyOf(whole, whole.length / 2))
                        .hangUp());
    }

    @Test
    void headersThatDripDoNotOutliveTheDeadline() throws Exception {
        assertThrownWhileDripping("HTTP/1.1 200 OK\r\nX-Slow: ");
    }

    @Test
    void aBodyThatDripsDoesNotOutliveTheDeadline() throws Exception {
        assertThrownWhileDripping(OK + "Content-Length: 1000000\r\n\r\n");
    }

    private void assertThrownWhileDripping(String beginning) throws Exception {
        try (RawServer server = new RawServer((head, talk) -> drip(talk.say(beginning)))) {
            assertThrown(Kind.TIMEOUT, () -> read(to(server, SHORT).atMost(1_000_000)));
        }
    }

    @Test
    void aHandshakeThatStallsDoesNotOutliveTheDeadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            URI url = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThrown(
                    Kind.TIMEOUT,
                    () -> client.get(OutboundRequest.to(url, Deadline.in(SHORT, Clock.systemUTC()))
                            .build()));
        }
    }

    @Test
    void aServerThatSaysNothingForTooLongIsGivenUp() throws Exception {
        for (String beginning : new String[] {"HTTP/1.1 200", OK + "Content-Length: 10\r\n\r\nhello"}) {
            try (RawServer server =
                    new RawServer((head, talk) -> talk.say(beginning).listenToTheEnd())) {
                assertThrown(Kind.TIMEOUT, () -> read(to(server).idle(Duration.ofMillis(200))));
            }
        }
    }

    @Test
    void redirectsDoNotOutliveTheDeadline() throws Exception {
        try (RawServer server = new RawServer((head, talk) -> {
            pause();
            talk.say("HTTP/1.1 302 On\r\nContent-Length: 0\r\nLocation: /\r\n\r\n");
        })) {
            assertThrown(
                    Kind.TIMEOUT,
                    () -> client.get(
                            to(server, Duration.ofMillis(250)).redirects(5).build()));
        }
    }

    @Test
    void aRedirectWithAnEndlessBodyIsFollowedAllTheSame() throws Exception {
        try (RawServer server = new RawServer((head, talk) -> {
            if (head.startsWith("GET /end")) {
                talk.say(OK + "Content-Length: 5\r\n\r\nhello");
            } else {
                forever(talk.say("HTTP/1.1 302 On\r\nLocation: /end\r\n\r\n"), "x".repeat(1000));
            }
        })) {
            assertThat(read(to(server).redirects(1))).isEqualTo("hello");
        }
    }

    @Test
    void anAnswerThatIsNotClosedIsCutAtTheDeadline() throws Exception {
        try (RawServer server = new RawServer((head, talk) -> drip(talk.say(OK + "\r\nhello")));
                OutboundAnswer answer = client.get(to(server, SHORT).build());
                InputStream body = answer.body()) {
            assertThrown(Kind.TIMEOUT, body::readAllBytes);
        }
    }

    private static void forever(Talk talk, String more) throws IOException {
        while (true) {
            talk.say(more);
        }
    }

    private static void drip(Talk talk) throws IOException {
        while (true) {
            pause();
            talk.say("x");
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }

    private static byte[] zipped(int zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(new byte[zeros]);
        }
        return bytes.toByteArray();
    }

    private static OutboundRequest.Builder to(RawServer server) {
        return to(server, PATIENCE);
    }

    private static OutboundRequest.Builder to(RawServer server, Duration patience) {
        URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
        return OutboundRequest.to(url, Deadline.in(patience, Clock.systemUTC()));
    }

    private String read(OutboundRequest.Builder request) throws IOException {
        try (OutboundAnswer answer = client.get(request.build())) {
            return new String(answer.body().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private void assertKind(Kind kind, Script script) throws IOException {
        try (RawServer server = new RawServer(script)) {
            assertThrown(kind, () -> client.get(to(server).build()));
        }
    }

    private void assertBodyKind(Kind kind, long most, Script script) throws IOException {
        try (RawServer server = new RawServer(script)) {
            assertThrown(kind, () -> read(to(server).atMost(most)));
        }
    }

    private static void assertThrown(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        failure -> assertThat(failure.kind())
                                .as(failure.getMessage())
                                .isEqualTo(kind));
    }
}
