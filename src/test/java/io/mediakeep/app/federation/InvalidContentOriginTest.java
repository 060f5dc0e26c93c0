package io.mediakeep.app.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RawServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Origins that send content that is not their media, or incomplete: nothing is stored, and clients get errors. */
class InvalidContentOriginTest extends OriginFixture {
    private static final String MEOW = JSON_PART + "--b\r\n\r\nmeow\r\n--b--\r\n";
    private static final String NONSENSE = "502 M_UNKNOWN";
    private static final String TOO_LARGE = "502 M_TOO_LARGE";
    private static final int LIMIT = 100 * 1024;

    @AfterEach
    void nothingIsStored() throws Exception {
        nothingOfItIsStored();
    }

    /** What is known to be a lie before any of the file has come. */
    static Stream<Arguments> beforehand() {
        return Stream.of(
                lie("a file that is too large by its own word", TOO_LARGE, file("Content-Length: 102401\r\n", "meow")),
                lie(
                        "an envelope that is too large by its own word",
                        TOO_LARGE,
                        OK + MULTIPART + "Content-Length: 10000000\r\n\r\n" + MEOW),
                lie("an envelope without a boundary", NONSENSE, envelope(MEOW).replace("; boundary=b", "")),
                lie(
                        "an envelope with another boundary",
                        NONSENSE,
                        envelope(MEOW).replace("=b", "=c")),
                lie("an envelope without a file", NONSENSE, envelope(JSON_PART + "--b--\r\n")),
                lie("an envelope that ends before the file", NONSENSE, envelope(JSON_PART)),
                lie("an empty envelope", NONSENSE, envelope("")),
                lie(
                        "a preamble without an end",
                        TOO_LARGE,
                        (head, talk) -> forever(talk.send(OK + MULTIPART + "\r\n"), "nobody reads this\r\n")),
                lie("more headers than anybody needs", NONSENSE, OK + "X-A: b\r\n".repeat(10_000) + MULTIPART + "\r\n"),
                lie(
                        "a header without an end",
                        NONSENSE,
                        (head, talk) -> forever(talk.send(OK + "X-Long: "), "x".repeat(1000))),
                lie("a file with more headers than anybody needs", NONSENSE, file("X: y\r\n".repeat(51), "meow")),
                lie(
                        "a file with a header without an end",
                        NONSENSE,
                        (head, talk) -> forever(
                                talk.send(OK + MULTIPART + "\r\n" + JSON_PART + "--b\r\nX: "), "y".repeat(1000))),
                lie(
                        "a file with a name of 50 kB",
                        NONSENSE,
                        file("Content-Disposition: inline; filename=" + "y".repeat(50_000) + "\r\n", "meow")),
                lie("JSON", NONSENSE, OK + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"),
                lie("HTML", NONSENSE, OK + "Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"),
                lie("a picture that is in no envelope", NONSENSE, OK + "Content-Type: image/png\r\n\r\nmeow"),
                lie("nothing", NONSENSE, "HTTP/1.1 204 No Content\r\n\r\n"),
                lie("a part that nobody asked for", NONSENSE, envelope(MEOW).replace("200 OK", "206 Partial Content")),
                lie("another language", NONSENSE, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                lie("a farewell without a word", NONSENSE, (head, talk) -> talk.close()),
                lie(
                        "two lengths",
                        NONSENSE,
                        envelope(MEOW).replace("Content-Length", "Content-Length: 5\r\nContent-Length")),
                lie("a compressed body", NONSENSE, OK + MULTIPART + "Content-Encoding: deflate\r\n\r\nx"),
                lie(
                        "a bomb, which nobody asked for",
                        NONSENSE,
                        (head, talk) -> talk.send(OK + MULTIPART + "Content-Encoding: gzip\r\n\r\n")
                                .send(bomb())
                                .close()),
                lie(
                        "a way elsewhere for who signed",
                        NONSENSE,
                        "HTTP/1.1 307 Over There\r\nContent-Length: 0\r\nLocation: /elsewhere\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beforehand")
    void isFoundOutBeforeItBegins(String what, String told, Script lie) throws Exception {
        try (RawServer origin = origin(lie)) {
            assertThat(asked(cat(origin))).isEqualTo(told);
            assertThat(asked(cat(origin))).isEqualTo(told);
            assertThat(origin.heads()).hasSize(1);
        }
    }

    /** What turns out to be a lie when some of the file may have been given out. */
    static Stream<Arguments> afterwards() {
        String large = "x".repeat(50_000);
        return Stream.of(
                lie("a file that is shorter than it says", NONSENSE, file("Content-Length: 5\r\n", "meow")),
                lie("a file that is longer than it says", NONSENSE, file("Content-Length: 3\r\n", "meow")),
                lie("a large file that is shorter than it says", NONSENSE, file("Content-Length: 50001\r\n", large)),
                lie("a large file that is longer than it says", NONSENSE, file("Content-Length: 49999\r\n", large)),
                lie(
                        "a file that ends without a boundary",
                        NONSENSE,
                        file("", large).replace("\r\n--b--", "")),
                lie("a boundary that breaks off", NONSENSE, envelope(MEOW.replace("--b--\r\n", "--"))),
                lie(
                        "an envelope that is longer than it says",
                        NONSENSE,
                        OK + MULTIPART + "Content-Length: " + (MEOW.length() - 10) + "\r\n\r\n" + MEOW),
                lie(
                        "an envelope that is shorter than it says",
                        NONSENSE,
                        file("", large).replace("\r\n--b--\r\n", "").replace("Content-Length: ", "Content-Length: 1")),
                lie(
                        "chunks without the last one",
                        NONSENSE,
                        OK + MULTIPART + "Transfer-Encoding: chunked\r\n\r\n"
                                + chunk(JSON_PART + "--b\r\n\r\n" + large)),
                lie("a connection that is reset", NONSENSE, (head, talk) -> {
                    talk.send(OK + MULTIPART + "\r\n" + JSON_PART + "--b\r\n\r\n" + large);
                    talk.socket().setSoLinger(true, 0);
                    talk.close();
                }),
                lie("a file that is too large by count", TOO_LARGE, file("", "x".repeat(LIMIT + 1))),
                lie(
                        "a file without an end",
                        TOO_LARGE,
                        (head, talk) ->
                                forever(talk.send(OK + MULTIPART + "\r\n" + JSON_PART + "--b\r\n\r\n"), large)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("afterwards")
    void isNeverTakenForTheWhole(String what, String told, Script lie) throws Exception {
        try (RawServer origin = origin(lie)) {
            assertThat(asked(cat(origin))).isIn(told, BREAKS_OFF);
            assertThat(asked(cat(origin))).isEqualTo(told);
            assertThat(origin.heads()).hasSize(1);
        }
    }

    private static Arguments lie(String what, String told, String answer) {
        return lie(what, told, (head, talk) -> talk.send(answer).close());
    }

    private static Arguments lie(String what, String told, Script script) {
        return Arguments.of(what, told, script);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    /** Ten million zeros in ten thousand bytes. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(new byte[10_000_000]);
        }
        return bytes.toByteArray();
    }
}
