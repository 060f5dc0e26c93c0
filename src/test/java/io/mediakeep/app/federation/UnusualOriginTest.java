package io.mediakeep.app.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.server.RawServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Origins that send a complete file with unusual headers, which must not be forwarded to clients. */
class UnusualOriginTest extends OriginFixture {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            inline; filename=../../etc/passwd                     | attachment; filename=passwd
            inline; filename="..\\..\\autoexec.bat"           | attachment; filename=autoexec.bat
            inline; filename=..                                   | attachment
            inline; filename*=utf-8''a%0d%0aSet-Cookie:%20b.png   | attachment; filename="aSet-Cookie: b.png"
            inline; filename*=utf-8''a%00%1b%7f.png               | attachment; filename=a.png
            inline; filename*=utf-8''%ff%fe                       | -
            inline; filename="a\\"; x=\\"b.png"                   | attachment; filename="a\\"; x=\\"b.png"
            inline; filename=                                     | attachment
            ;;;=;=                                                | attachment
            """)
    void aFileNameIsSanitised(String disposition, String expected) throws Exception {
        String sent = header(file("Content-Disposition: " + disposition + "\r\n", "meow"), "Content-Disposition");
        if (!expected.equals("-")) {
            assertThat(sent).isEqualTo(expected);
        }
        assertThat(sent).startsWith("attachment").matches("[ -~]*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            image/png\\tname=x                  | application/octet-stream
            text/html\\r\\n X-Evil: yes         | application/octet-stream
            text/html\\rX-Evil: yes             | application/octet-stream
            text/html\\0                        | application/octet-stream
            text/h\\344ml                       | application/octet-stream
            no type at all                      | application/octet-stream
            */*                                 | application/octet-stream
            text/plain                          | text/plain; charset=utf-8
            """)
    void aContentTypeIsSanitised(String type, String expected) throws Exception {
        String header = "Content-Type: " + type.translateEscapes() + "\r\n";
        assertThat(header(file(header, "meow"), "Content-Type")).isEqualTo(expected);
    }

    @Test
    void aContentTypeOfTenKilobytesIsIgnored() throws Exception {
        String header = "Content-Type: image/" + "x".repeat(10_000) + "\r\n";
        assertThat(header(file(header, "meow"), "Content-Type")).isEqualTo("application/octet-stream");
    }

    @Test
    void theFirstOfDuplicateHeadersIsUsed() throws Exception {
        String headers = "Content-Type: image/png\r\nContent-Type: text/html\r\n";
        assertThat(header(file(headers, "meow"), "Content-Type")).isEqualTo("image/png");
    }

    @Test
    void otherHeadersOfThePartAreNotForwarded() throws Exception {
        String headers = "Set-Cookie: a=b\r\nAccess-Control-Allow-Origin: https://evil.example\r\n"
                + "Content-Security-Policy: default-src *\r\nETag: \"x\"\r\nContent-Encoding: gzip\r\n";
        try (RawServer origin = originSending(file(headers, "meow"))) {
            for (int reader = 0; reader < 2; reader++) {
                HttpResponse<byte[]> response = alice.get(Client.download(mxc(origin)));
                assertThat(response.body()).asString().isEqualTo("meow");
                assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "content-encoding");
                assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
                        .containsExactly("*");
                assertThat(response.headers().firstValue("Content-Security-Policy"))
                        .hasValueSatisfying(policy -> assertThat(policy).startsWith("sandbox; default-src 'none'"));
            }
        }
    }

    @Test
    void theSecondOfTenThousandPartsIsTheFile() throws Exception {
        String parts = "--b\r\nContent-Type: text/plain\r\n\r\nmoo\r\n".repeat(10_000);
        String body = JSON_PART + "--b\r\n\r\nmeow\r\n" + parts + "--b--\r\n";
        try (RawServer origin = originSending(OK + MULTIPART + "\r\n" + body)) {
            assertThat(download(mxc(origin))).isEqualTo("200 meow");
            assertThat(download(mxc(origin))).isEqualTo("200 meow");
            assertThat(origin.heads()).hasSize(1);
        }
    }

    /** A header that is the same in the responses to all clients, including the first. */
    private String header(String response, String header) throws Exception {
        try (RawServer origin = originSending(response)) {
            String first = null;
            for (int reader = 0; reader < 2; reader++) {
                HttpResponse<byte[]> expected = alice.get(Client.download(mxc(origin)));
                assertThat(new String(expected.body(), StandardCharsets.UTF_8)).isEqualTo("meow");
                List<String> values = expected.headers().allValues(header);
                assertThat(values).hasSize(1);
                assertThat(first == null ? values.get(0) : first).isEqualTo(values.get(0));
                first = values.get(0);
            }
            return first;
        }
    }
}
