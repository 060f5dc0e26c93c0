package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.RawConnection;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code create}, and {@code PUT} to reserved URIs. */
class ReservedUploadTest extends ResourceTest {

    @Override
    Map<String, String> configured() {
        return Map.of("uploads.max-pending", "1000");
    }

    @Test
    void createReservesAContentUri() throws Exception {
        long before = System.currentTimeMillis();
        HttpResponse<byte[]> response = alice.post(CREATE);
        JsonObject created = json(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(created).containsOnlyKeys("content_uri", "unused_expires_at");
        assertThat(created.getString("content_uri")).matches("mxc://example\\.org/[A-Za-z0-9_-]{24,255}");
        assertThat(created.getJsonNumber("unused_expires_at").longValue()).isGreaterThanOrEqualTo(before + 86_400_000L);
    }

    @Test
    void theBodyOfCreateIsIgnored() throws Exception {
        for (String body : new String[] {"{}", "nonsense"}) {
            HttpResponse<byte[]> response = alice.send(alice.request(CREATE)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theContentIsUploadedLater() throws Exception {
        String mxc = reserve();
        HttpResponse<byte[]> response = alice.send(alice.request(Client.put(mxc) + "?filename=%E5%90%8D.txt")
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofByteArray(TEN_BYTES)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(json(response)).isEmpty();
        HttpResponse<byte[]> download = alice.get(Client.download(mxc));
        assertThat(download.body()).isEqualTo(TEN_BYTES);
        assertThat(header(download, "Content-Disposition")).isEqualTo("inline; filename*=utf-8''%E5%90%8D.txt");
    }

    private static HttpRequest.Builder compressed(Client client, String mxc) {
        return client.request(Client.put(mxc))
                .header("Content-Encoding", "gzip")
                .PUT(BodyPublishers.ofByteArray(TEN_BYTES));
    }

    @Test
    void aPutIsRejectedInTheSpecifiedOrder() throws Exception {
        String mxc = reserve();
        String id = mxc.substring(mxc.lastIndexOf('/'));
        assertThat(error(put(alice, "mxc://elsewhere.org" + id))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(put(alice, "mxc://example.org/nothing"))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(put(bob, mxc))).isEqualTo("403 M_FORBIDDEN");
        assertThat(error(bob.send(compressed(bob, mxc)))).isEqualTo("403 M_FORBIDDEN");
        assertThat(error(alice.send(compressed(alice, mxc)))).isEqualTo("415 M_UNKNOWN");
        assertThat(put(alice, mxc).statusCode()).isEqualTo(200);
        assertThat(error(put(bob, mxc))).isEqualTo("403 M_FORBIDDEN");
        assertThat(error(put(alice, mxc))).isEqualTo("409 M_CANNOT_OVERWRITE_MEDIA");
        assertThat(alice.get(Client.download(mxc)).body()).isEqualTo(TEN_BYTES);
    }

    @Test
    void uploadedMediaCannotBeOverwritten() throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        assertThat(error(put(alice, mxc))).isEqualTo("409 M_CANNOT_OVERWRITE_MEDIA");
        assertThat(error(put(bob, mxc))).isEqualTo("403 M_FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org/a.b", "example.org/a%2Fb", "example.org/%2e%2e", "example.org/c%C3%A4t",
                        "example.org/a%20b",
                "a_b/cat", "example.org:/cat", "%5B::1/cat", "ex%20ample.org/cat", "@alice:example.org/cat"
            })
    void anInvalidContentUriIsNotFound(String path) throws Exception {
        assertThat(error(put(alice, "mxc://" + path))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(put(alice, "mxc://example.org/" + "x".repeat(256)))).isEqualTo("404 M_NOT_FOUND");
    }

    @Test
    void aConcurrentUploadIsRejected() throws Exception {
        String mxc = reserve();
        try (RawConnection first = new RawConnection(server.url())) {
            first.send(head(Client.put(mxc)) + "Content-Length: 10\r\n\r\n01234");
            Eventually.holds(() -> assertThat(files("spool")).isEqualTo(1)); // its headers were received
            assertThat(error(put(alice, mxc))).isEqualTo("409 M_CANNOT_OVERWRITE_MEDIA");
            first.send("56789");
            assertThat(first.status()).isEqualTo(200);
        }
        assertThat(alice.get(Client.download(mxc)).body()).isEqualTo(TEN_BYTES);
    }

    @Test
    void anAbortedUploadLeavesTheUriReserved() throws Exception {
        String mxc = reserve();
        try (RawConnection first = new RawConnection(server.url())) {
            first.send(head(Client.put(mxc)) + "Content-Length: 10\r\n\r\n01234");
        }
        assertThat(error(alice.get(Client.download(mxc) + "?timeout_ms=0"))).isEqualTo("504 M_NOT_YET_UPLOADED");
        Eventually.holds(() -> assertThat(put(alice, mxc).statusCode()).isEqualTo(200));
    }

    private static String head(String path) {
        return "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestConfig.ALICE + "\r\n";
    }
}
