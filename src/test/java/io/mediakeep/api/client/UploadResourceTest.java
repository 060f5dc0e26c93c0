package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.DispositionReader;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.RawConnection;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadResourceTest extends ResourceTest {
    private static final int MAX = 1024;

    @Override
    Map<String, String> configured() {
        return Map.of(
                "uploads.max-size",
                MAX + "",
                "uploads.allowed-types",
                "*",
                "uploads.denied-types",
                "video/*,text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r0", "v1", "v3"})
    void anUploadReturnsItsContentUri(String version) throws Exception {
        HttpResponse<byte[]> response = alice.send(
                upload("/_matrix/media/" + version + "/upload", TEN_BYTES).header("Content-Type", "image/png"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(json(response)).containsOnlyKeys("content_uri");
        String mxc = json(response).getString("content_uri");
        assertThat(mxc).matches("mxc://example\\.org/[A-Za-z0-9_-]{22,255}");
        assertThat(alice.get(Client.download(mxc)).body()).isEqualTo(TEN_BYTES);
    }

    @Test
    void mediaIdsAreLongAndUnique() throws Exception {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String mxc = alice.mxc(TEN_BYTES);
            ids.add(mxc.substring(mxc.lastIndexOf('/') + 1));
        }
        assertThat(ids).hasSize(20).allMatch(id -> id.length() >= 24);
    }

    @Test
    void emptyAndChunkedBodiesAreAccepted() throws Exception {
        String empty = alice.mxc(new byte[0]);
        assertThat(alice.get(Client.download(empty)).body()).isEmpty();
        assertThat(header(alice.get(Client.download(empty)), "Content-Length")).isEqualTo("0");
        String chunked =
                json(alice.send(alice.request(UPLOAD).POST(chunks(TEN_BYTES)))).getString("content_uri");
        assertThat(alice.get(Client.download(chunked)).body()).isEqualTo(TEN_BYTES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "image/png | image/png",
                "IMAGE/PNG | IMAGE/PNG",
                "application/x-cat; volume=\"a;b\" | application/x-cat; volume=\"a;b\"",
                "text/plain | text/plain; charset=utf-8",
                "text/plain; charset=iso-8859-1 | text/plain; charset=iso-8859-1",
                "text/css;CHARSET=ascii | text/css;CHARSET=ascii",
                "image/png; | image/png;",
                "image/png;;a=b ; c=\"\\\"\" | image/png;;a=b ; c=\"\\\"\"",
                "Text/X | Text/X; charset=utf-8",
                "application/json | application/json"
            })
    void theContentTypeIsReturnedAsSent(String given, String comesBack) throws Exception {
        HttpResponse<byte[]> response = alice.send(upload(UPLOAD, TEN_BYTES).header("Content-Type", given));
        HttpResponse<byte[]> download = alice.get(Client.download(json(response).getString("content_uri")));
        assertThat(header(download, "Content-Type")).isEqualTo(comesBack);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "a/b/c",
                "image/png; foo",
                ";",
                "/",
                "image/",
                "a b/c",
                "image/png, image/gif",
                "text/plain;charset=utf-8,text/html",
                "*/*",
                "image/*"
            })
    void anInvalidContentTypeBecomesOctetStream(String given) throws Exception {
        HttpResponse<byte[]> response = alice.send(upload(UPLOAD, TEN_BYTES).header("Content-Type", given));
        String mxc = json(response).getString("content_uri");
        HttpResponse<byte[]> download = alice.get(Client.download(mxc));
        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(download.body()).isEqualTo(TEN_BYTES);
        assertThat(header(download, "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(header(download, "Content-Disposition")).isEqualTo("attachment");
        assertThat(header(send(alice, "HEAD", Client.download(mxc)), "Content-Type"))
                .isEqualTo("application/octet-stream");
    }

    @Test
    void aMissingContentTypeBecomesOctetStream() throws Exception {
        String mxc = json(alice.send(upload(UPLOAD, TEN_BYTES))).getString("content_uri");
        assertThat(header(alice.get(Client.download(mxc)), "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(header(alice.get(Client.download(mxc)), "Content-Disposition"))
                .isEqualTo("attachment");
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(head("POST", UPLOAD) + "Content-Type: \u00e4\u00f6/\u00fc\r\nContent-Length: 1\r\n\r\n1");
            assertThat(connection.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "cat.png | cat.png",
                "\u540D\u524D.jpg | \u540D\u524D.jpg",
                "name with spaces | name with spaces",
                "name;with;semicolons | name;with;semicolons",
                "\"quoted\" | \"quoted\"",
                "100%25 | 100%25",
                "a+b&c=d | a+b&c=d",
                "\uD83D\uDC08 \u05E9 | \uD83D\uDC08 \u05E9",
                "\u202Egnp.exe | gnp.exe",
                "../../etc/passwd | passwd",
                "C:\\cats\\cat.png | cat.png",
                "a/ |",
                ".. |"
            })
    void theFileNameIsReturnedAsSent(String given, String comesBack) throws Exception {
        String mxc = json(alice.upload(TEN_BYTES, "image/png", given)).getString("content_uri");
        for (HttpResponse<byte[]> response :
                List.of(alice.get(Client.download(mxc)), anonymous.get(Client.legacyDownload(mxc)))) {
            assertThat(DispositionReader.fileName(header(response, "Content-Disposition")))
                    .isEqualTo(comesBack == null ? "" : comesBack);
        }
    }

    @Test
    void lineBreaksInAFileNameAreRemoved() throws Exception {
        String mxc = json(alice.upload(TEN_BYTES, "image/png", "cat\r\nSet-Cookie: a=b"))
                .getString("content_uri");
        HttpResponse<byte[]> response = alice.get(Client.download(mxc));
        assertThat(header(response, "Content-Disposition")).isEqualTo("inline; filename=\"catSet-Cookie: a=b\"");
        assertThat(header(response, "Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?filename=", "?filename", "?name=cat"})
    void withoutAFileNameNoneIsReturned(String query) throws Exception {
        String mxc = json(alice.send(upload(UPLOAD + query, TEN_BYTES).header("Content-Type", "image/png")))
                .getString("content_uri");
        assertThat(header(alice.get(Client.download(mxc)), "Content-Disposition"))
                .isEqualTo("inline");
    }

    @Test
    void aFileNameThatIsNotUtf8IsAccepted() throws Exception {
        assertThat(alice.send(upload(UPLOAD + "?filename=%ff%fe.png", TEN_BYTES))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anUploadOfMaximumSizeIsAccepted() throws Exception {
        assertThat(json(alice.get(CONFIG)).getInt("m.upload.size")).isEqualTo(MAX);
        assertThat(alice.upload(new byte[MAX], "image/png", "a").statusCode()).isEqualTo(200);
        assertThat(alice.send(alice.request(UPLOAD).POST(chunks(new byte[MAX]))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTooLargeUploadIsRejectedAndLeavesNothing() throws Exception {
        long before = files("");
        assertThat(error(alice.upload(new byte[MAX + 1], "image/png", "a"))).isEqualTo("413 M_TOO_LARGE");
        assertThat(error(alice.send(alice.request(UPLOAD).POST(chunks(new byte[MAX + 1])))))
                .isEqualTo("413 M_TOO_LARGE");
        String pending = reserve();
        HttpRequest.Builder put = alice.request(Client.put(pending)).PUT(chunks(new byte[MAX + 1]));
        assertThat(error(alice.send(put))).isEqualTo("413 M_TOO_LARGE");
        assertThat(files("")).isEqualTo(before);
        assertThat(put(alice, pending).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"video/mp4", "VIDEO/MP4; codecs=x", "text/html", "text/html; charset=utf-8"})
    void aDeniedTypeIsForbidden(String type) throws Exception {
        long before = files("");
        assertThat(error(alice.upload(TEN_BYTES, type, "a"))).isEqualTo("403 M_FORBIDDEN");
        String pending = reserve();
        assertThat(error(alice.send(alice.request(Client.put(pending))
                        .header("Content-Type", type)
                        .PUT(BodyPublishers.ofByteArray(TEN_BYTES)))))
                .isEqualTo("403 M_FORBIDDEN");
        assertThat(files("")).isEqualTo(before);
        assertThat(put(alice, pending).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"gzip, 415", "br, 415", "GZIP, 415", "'gzip, identity', 415", "identity, 200", "IDENTITY, 200"})
    void contentCodingsAreRejected(String coding, int status) throws Exception {
        HttpResponse<byte[]> response = alice.send(upload(UPLOAD, TEN_BYTES).header("Content-Encoding", coding));
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data; boundary=x", "Multipart/Form-Data", " multipart/form-data;boundary=x"})
    void aFormIsRejectedWithAHint(String type) throws Exception {
        HttpResponse<byte[]> response = alice.send(upload(UPLOAD, TEN_BYTES).header("Content-Type", type));
        assertThat(error(response)).isEqualTo("415 M_UNKNOWN");
        assertThat(json(response).getString("error")).contains("body of the request");
        assertThat(alice.upload(TEN_BYTES, "multipart/mixed; boundary=x", "a").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSameBytesOfDifferentUsersGetTheSameResponse() throws Exception {
        String first = alice.mxc(TEN_BYTES);
        String second = bob.mxc(TEN_BYTES);
        assertThat(second).isNotEqualTo(first).hasSameSizeAs(first);
        assertThat(header(bob.get(Client.download(second)), "ETag"))
                .isEqualTo(header(alice.get(Client.download(first)), "ETag"));
    }

    private HttpRequest.Builder upload(String path, byte[] bytes) {
        return alice.request(path).POST(BodyPublishers.ofByteArray(bytes));
    }

    /** A body of unknown length. */
    private static HttpRequest.BodyPublisher chunks(byte[] bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }

    private static String head(String method, String path) {
        return method + " " + URI.create(path).getRawPath() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + TestConfig.ALICE + "\r\n";
    }

    /** The second request begins in the TCP segment that ends the first. */
    @Test
    void consecutiveUploadsOnAConnectionAreStoredCompletely() throws Exception {
        String first = "a".repeat(900);
        String second = "b".repeat(900);
        try (RawConnection connection = new RawConnection(server.url())) {
            for (int i = 0; i < 20; i++) {
                connection.send(upload(first.length(), "") + first.substring(0, 300));
                connection.send(first.substring(300) + upload(second.length(), "") + second.substring(0, 300));
                assertThat(connection.status()).isEqualTo(200);
                String one = connection.body();
                connection.send(second.substring(300));
                assertThat(connection.status()).isEqualTo(200);
                assertThat(size(one)).isEqualTo(900);
                assertThat(size(connection.body())).isEqualTo(900);
            }
        }
    }

    private static String upload(int length, String header) {
        return "POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestConfig.ALICE
                + "\r\n" + header + "Content-Length: " + length + "\r\n\r\n";
    }

    private long size(String response) throws Exception {
        String mxc = response.replaceFirst(".*(mxc://[^\"]*).*", "$1");
        return alice.get(Client.download(mxc)).body().length;
    }
}
