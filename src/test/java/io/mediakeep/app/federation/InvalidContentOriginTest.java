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
        assertNothingStored();
    }

    /** Responses that are found to be invalid before any byte of the file is received. */
    static Stream<Arguments> detectedBefore() {
        return Stream.of(
                invalid(
                        "a file that is too large by its own word",
                        TOO_LARGE,
                        file("Content-Length: 102401\r\n", "meow")),
                invalid(
                        "an envelope that is too large by its own word",
                        TOO_LARGE,
                        OK + MULTIPART + "Content-Length: 10000000\r\n\r\n" + MEOW),
                invalid(
                        "an envelope without a boundary",
                        NONSENSE,
                        multipart(MEOW).replace("; boundary=b", "")),
                invalid(
                        "an envelope with another boundary",
                        NONSENSE,
                        multipart(MEOW).replace("=b", "=c")),
                invalid("an envelope without a file", NONSENSE, multipart(JSON_PART + "--b--\r\n")),
                invalid("an envelope that ends before the file", NONSENSE, multipart(JSON_PART)),
                invalid("an empty envelope", NONSENSE, multipart("")),
                invalid(
                        "a preamble without an end",
                        TOO_LARGE,
                        (head, talk) -> forever(talk.send(OK + MULTIPART + "\r\n"), "nobody reads this\r\n")),
                invalid(
                        "more headers than anybody needs",
                        NONSENSE,
                        OK + "X-A: b\r\n".repeat(10_000) + MULTIPART + "\r\n"),
                invalid(
                        "a header without an end",
                        NONSENSE,
                        (head, talk) -> forever(talk.send(OK + "X-Long: "), "x".repeat(1000))),
                invalid("a file with more headers than anybody needs", NONSENSE, file("X: y\r\n".repeat(51), "meow")),
                invalid(
                        "a file with a header without an end",
                        NONSENSE,
                        (head, talk) -> forever(
                                talk.send(OK + MULTIPART + "\r\n" + JSON_PART + "--b\r\nX: "), "y".repeat(1000))),
                invalid(
                        "a file with a name of 50 kB",
                        NONSENSE,
                        file("Content-Disposition: inline; filename=" + "y".repeat(50_000) + "\r\n", "meow")),
                invalid("JSON", NONSENSE, OK + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"),
                invalid("HTML", NONSENSE, OK + "Content-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"),
                invalid("a picture that is in no envelope", NONSENSE, OK + "Content-Type: image/png\r\n\r\nmeow"),
                invalid("nothing", NONSENSE, "HTTP/1.1 204 No Content\r\n\r\n"),
                invalid("an unexpected part", NONSENSE, multipart(MEOW).replace("200 OK", "206 Partial Content")),
                invalid("another language", NONSENSE, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                invalid("a farewell without a word", NONSENSE, (head, talk) -> talk.close()),
                invalid(
                        "two lengths",
                        NONSENSE,
                        multipart(MEOW).replace("Content-Length", "Content-Length: 5\r\nContent-Length")),
                invalid("a compressed body", NONSENSE, OK + MULTIPART + "Content-Encoding: deflate\r\n\r\nx"),
                invalid(
                        "an unexpected bomb",
                        NONSENSE,
                        (head, talk) -> talk.send(OK + MULTIPART + "Content-Encoding: gzip\r\n\r\n")
                                .send(compressionBomb())
                                .close()),
                invalid(
                        "a way elsewhere for who signed",
                        NONSENSE,
                        "HTTP/1.1 307 Over There\r\nContent-Length: 0\r\nLocation: /elsewhere\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("detectedBefore")
    void invalidContentIsDetectedBeforeTheResponse(String what, String expected, Script lie) throws Exception {
        try (RawServer origin = origin(lie)) {
            assertThat(download(mxc(origin))).isEqualTo(expected);
            assertThat(download(mxc(origin))).isEqualTo(expected);
            assertThat(origin.heads()).hasSize(1);
        }
    }

    /** Responses that are found to be invalid after part of the file may have been sent to clients. */
    static Stream<Arguments> detectedDuring() {
        String large = "x".repeat(50_000);
        return Stream.of(
                invalid("a file that is shorter than it says", NONSENSE, file("Content-Length: 5\r\n", "meow")),
                invalid("a file that is longer than it says", NONSENSE, file("Content-Length: 3\r\n", "meow")),
                invalid(
                        "a large file that is shorter than it says",
                        NONSENSE,
                        file("Content-Length: 50001\r\n", large)),
                invalid("a large file that is longer than it says", NONSENSE, file("Content-Length: 49999\r\n", large)),
                invalid(
                        "a file that ends without a boundary",
                        NONSENSE,
                        file("", large).replace("\r\n--b--", "")),
                invalid("a boundary that breaks off", NONSENSE, multipart(MEOW.replace("--b--\r\n", "--"))),
                invalid(
                        "an envelope that is longer than it says",
                        NONSENSE,
                        OK + MULTIPART + "Content-Length: " + (MEOW.length() - 10) + "\r\n\r\n" + MEOW),
                invalid(
                        "an envelope that is shorter than it says",
                        NONSENSE,
                        file("", large).replace("\r\n--b--\r\n", "").replace("Content-Length: ", "Content-Length: 1")),
                invalid(
                        "chunks without the last one",
                        NONSENSE,
                        OK + MULTIPART + "Transfer-Encoding: chunked\r\n\r\n"
                                + chunk(JSON_PART + "--b\r\n\r\n" + large)),
                invalid("a connection that is reset", NONSENSE, (head, talk) -> {
                    talk.send(OK + MULTIPART + "\r\n" + JSON_PART + "--b\r\n\r\n" + large);
                    talk.socket().setSoLinger(true, 0);
                    talk.close();
                }),
                invalid("a file that is too large by count", TOO_LARGE, file("", "x".repeat(LIMIT + 1))),
                invalid(
                        "a file without an end",
                        TOO_LARGE,
                        (head, talk) ->
                                forever(talk.send(OK + MULTIPART + "\r\n" + JSON_PART + "--b\r\n\r\n"), large)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("detectedDuring")
    void truncatedContentIsNotComplete(String what, String expected, Script lie) throws Exception {
        try (RawServer origin = origin(lie)) {
            assertThat(download(mxc(origin))).isIn(expected, BREAKS_OFF);
            assertThat(download(mxc(origin))).isEqualTo(expected);
            assertThat(origin.heads()).hasSize(1);
        }
    }

    private static Arguments invalid(String what, String expected, String response) {
        return invalid(what, expected, (head, talk) -> talk.send(response).close());
    }

    private static Arguments invalid(String what, String expected, Script script) {
        return Arguments.of(what, expected, script);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    /** A compression bomb: ten million zeros in ten thousand bytes. */
    private static byte[] compressionBomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(new byte[10_000_000]);
        }
        return bytes.toByteArray();
    }
}
