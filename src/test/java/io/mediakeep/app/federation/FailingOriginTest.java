package io.mediakeep.app.federation;

import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RawServer.Script;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Origins that respond with errors of any form, and some with a wrong identity. */
class FailingOriginTest extends OriginFixture {
    @AfterEach
    void nothingIsStored() throws Exception {
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            401 | {"errcode":"M_UNAUTHORIZED"}                           | 502 M_UNKNOWN
            403 | {"errcode":"M_FORBIDDEN"}                              | 502 M_UNKNOWN
            404 | {"errcode":"M_NOT_FOUND"}                              | 404 M_NOT_FOUND
            404 | {"errcode":5,"error":{}}                               | 404 M_NOT_FOUND
            404 | <html>not here                                         | 404 M_NOT_FOUND
            410 | {"errcode":"M_NOT_FOUND"}                              | 502 M_UNKNOWN
            429 | {"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":60000}      | 429 M_LIMIT_EXCEEDED
            500 | {"errcode":"M_UNKNOWN"}                                | 502 M_UNKNOWN
            502 | {"errcode":"M_TOO_LARGE"}                              | 502 M_TOO_LARGE
            503 | <html>later                                            | 502 M_UNKNOWN
            504 | {"errcode":"M_NOT_YET_UPLOADED"}                       | 504 M_NOT_YET_UPLOADED
            504 | {"errcode":"M_NOT_YET_UPLOADED"                        | 502 M_UNKNOWN
            600 | {"errcode":"M_NOT_FOUND"}                              | 502 M_UNKNOWN
            """)
    void errorsThatConcernTheClientAreForwarded(int status, String body, String expected) throws Exception {
        try (RawServer origin = originSending(errorResponse(status, "", body))) {
            assertThat(download(mxc(origin))).isEqualTo(expected);
            int calls = origin.heads().size();
            assertThat(download(mxc(origin))).isEqualTo(expected);
            assertThat(origin.heads()).hasSize(calls);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            7                             | {}                               | 7
            7                             | {"retry_after_ms":9000}          | 7
            0                             | {"retry_after_ms":9000}          | 0
            -                             | {"retry_after_ms":9000}          | 9
            -                             | {}                               | 5
            -5                            | {}                               | 5
            1000000000000000000           | {}                               | 5
            999999999                     | {}                               | 3600
            Wed, 21 Oct 2115 07:28:00 GMT | {}                               | 5
            soon                          | {"retry_after_ms":"soon"}        | 5
            -                             | {"retry_after_ms":-9000}         | 0
            -                             | {"retry_after_ms":1e18}          | 3600
            -                             | {"retry_after_ms":1e-999999999}  | 0
            """)
    void aRetryAfterIsLimited(String retryAfter, String words, String seconds) throws Exception {
        String header = retryAfter == null ? "" : "Retry-After: " + retryAfter + "\r\n";
        try (RawServer origin = originSending(errorResponse(429, header, words))) {
            HttpResponse<byte[]> response = alice.get(Client.download(mxc(origin)));
            assertThat(Client.error(response)).isEqualTo("429 M_LIMIT_EXCEEDED");
            assertThat(response.headers().firstValue("Retry-After")).contains(seconds);
            assertThat(json(response).getInt("retry_after_ms")).isEqualTo(1000 * Integer.parseInt(seconds));
        }
    }

    @Test
    void anEndlessErrorBodyIsAnError() throws Exception {
        Script endless = (head, talk) -> forever(talk.send("HTTP/1.1 403 Forbidden\r\n\r\n"), "[".repeat(1000));
        try (RawServer origin = origin(endless)) {
            assertThat(download(mxc(origin))).isEqualTo("502 M_UNKNOWN");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRejected() throws Exception {
        assertNotTrusted(federation.certificates().server("another.example"));
    }

    @Test
    void anExpiredCertificateIsRejected() throws Exception {
        assertNotTrusted(federation.certificates().expiredServer(federation.address()));
    }

    @Test
    void aSelfSignedCertificateIsRejected() throws Exception {
        assertNotTrusted(federation.certificates().selfSignedServer(federation.address()));
    }

    private void assertNotTrusted(SSLContext certificate) throws Exception {
        Script honest = (head, talk) -> talk.send(file("", "meow"));
        try (RawServer origin = new RawServer(federation.address(), certificate, honest)) {
            assertThat(download(mxc(origin))).isEqualTo("502 M_UNKNOWN");
            assertThat(origin.heads()).isEmpty();
        }
    }

    private static String errorResponse(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " No\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
