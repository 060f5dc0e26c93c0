package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.server.RawConnection;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile paths, headers and file names never cause a 500, a split header or a file outside the data directory. */
class HostileRequestsIT extends SafetyContract {
    private static final String LONG = "x".repeat(10_000);

    private static List<String> hostilePaths() {
        List<String> ids = List.of(
                "..",
                "../..",
                "../../../etc/passwd",
                "%2e%2e",
                "%2E%2E%2F%2E%2E",
                "..%2f..%2fetc%2fpasswd",
                "%252e%252e%252f",
                "..%5c..%5c",
                "..\\..\\",
                "%c0%ae%c0%ae",
                "%c0%af",
                "%ff%fe",
                "%00",
                "cat%00.png",
                "%0d%0aSet-Cookie:%20a=b",
                "cat;x=y",
                ";jsessionid=1",
                "%E2%80%AE",
                "cat%20",
                "cat%",
                "cat%zz",
                "%",
                "cat?x=%zz",
                "cat?timeout_ms=%ff",
                "cat//dog",
                "//",
                "/",
                "",
                ".",
                "%2f",
                "cat/%2e%2e/%2e%2e/dog",
                "cat/a/b/c",
                LONG,
                "cat/" + LONG,
                "\u00e4",
                "{}",
                "<script>",
                "|",
                "^",
                "`",
                "cat#dog");
        List<String> paths = new ArrayList<>();
        for (String id : ids) {
            paths.add("/_matrix/media/v3/download/example.org/" + id);
            paths.add("/_matrix/client/v1/media/download/" + id + "/cat");
            paths.add("/" + id);
        }
        paths.addAll(List.of(
                "//_matrix/media/v3/config",
                "/_matrix//media/v3/config",
                "/_matrix/media/v3/config/",
                "/_matrix/media/v2/config",
                "/_matrix/../_matrix/media/v3/config",
                "*",
                "http://elsewhere.org/",
                "/_matrix/media/v3/download/[::1]/cat",
                "/_matrix/media/v3/download/a:b:c/cat"));
        return paths;
    }

    @Test
    void noPathCausesAnInternalError() throws Exception {
        for (String path : hostilePaths()) {
            for (String method : new String[] {"GET", "HEAD", "PUT", "POST", "DELETE", "CAT"}) {
                try (RawConnection connection = new RawConnection(server.url())) {
                    connection.send(head(method, path) + "Content-Length: 0\r\nConnection: close\r\n\r\n");
                    String head = connection.head();
                    assertThat(head).as("%s %.80s", method, path).doesNotStartWith("HTTP/1.1 5");
                    assertThat(head.toLowerCase(Locale.ROOT))
                            .doesNotContain("set-cookie")
                            .doesNotContain("text/html");
                    assertThat(head).as("%s %.80s", method, path).doesNotStartWith("HTTP/1.1 2");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: \r\n", "Content-Type: image\r\n", "Content-Type: foo; bar\r\n",
                        "Content-Type: a/b/c;;;=\r\n",
                "Content-Type: image/png\u0000\r\n", "Range: bytes=\r\n", "Accept: nonsense\r\n",
                        "Accept-Language: ;;;\r\n",
                "Cookie: =;=\r\n", "X-Forwarded-For: nonsense, ,\r\n", "If-None-Match: \"\r\n", "Expect: a miracle\r\n",
                "Content-Disposition: ;;;\r\n", "Transfer-Encoding: nonsense\r\n", "Date: yesterday\r\n"
            })
    void noHeaderCausesAnInternalError(String header) throws Exception {
        for (String target : new String[] {"POST /_matrix/media/v3/upload", "GET /_matrix/media/v3/config"}) {
            String[] words = target.split(" ", 2);
            try (RawConnection connection = new RawConnection(server.url())) {
                connection.send(head(words[0], words[1]) + header + "Content-Length: 0\r\nConnection: close\r\n\r\n");
                assertThat(connection.head()).doesNotStartWith("HTTP/1.1 5");
            }
        }
    }

    @Test
    void tooManyAndTooLongHeadersAreRejected() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(head("GET", "/") + "X: " + "x".repeat(100_000) + "\r\n\r\n");
            assertThat(connection.head()).doesNotStartWith("HTTP/1.1 5").doesNotStartWith("HTTP/1.1 2");
        }
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(head("GET", "/") + "X: x\r\n".repeat(2_000) + "\r\n");
            assertThat(connection.head()).doesNotStartWith("HTTP/1.1 5").doesNotStartWith("HTTP/1.1 2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat\r\nSet-Cookie: a=b", "\"quoted\"", "back\\slash", "../../etc/passwd", "\u202Egnp.exe", "\u0000",
                "name with spaces", "name;with;semicolons", "\u540D\u524D.jpg", "\uD83D\uDC08", "100%",
                        "a=b; filename=c"
            })
    void noFileNameSplitsAHeader(String name) throws Exception {
        HttpResponse<byte[]> uploaded = alice.upload(new byte[] {1}, "image/png", name);
        assertThat(uploaded.statusCode()).isEqualTo(200);
        String mxc = Client.json(uploaded).getString("content_uri");
        HttpResponse<byte[]> response = alice.get(Client.download(mxc));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(response.headers().allValues("Content-Disposition"))
                .singleElement()
                .asString()
                .startsWith("inline");
    }

    @Test
    void aFileNameOfTenKilobytesIsTruncated() throws Exception {
        String mxc = Client.json(alice.upload(new byte[] {1}, "image/png", "n".repeat(10_000)))
                .getString("content_uri");
        assertThat(alice.get(Client.download(mxc)).headers().firstValue("Content-Disposition"))
                .contains("inline; filename=" + "n".repeat(255));
    }
}
