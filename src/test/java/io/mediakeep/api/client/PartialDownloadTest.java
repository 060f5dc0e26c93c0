package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges and conditions (RFC 9110, sections 13 and 14), with blobs on disk. */
class PartialDownloadTest extends ResourceTest {
    private String path = "";
    private String tag = "";

    @BeforeAll
    void upload() throws Exception {
        path = Client.download(alice.mxc(TEN_BYTES));
        tag = header(alice.get(path), "ETag");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0123456789, bytes 0-9/10",
        "bytes=0-0, 0, bytes 0-0/10",
        "bytes=3-5, 345, bytes 3-5/10",
        "bytes=9-, 9, bytes 9-9/10",
        "bytes=-5, 56789, bytes 5-9/10",
        "bytes=-20, 0123456789, bytes 0-9/10",
        "bytes=8-20, 89, bytes 8-9/10",
        "Bytes=0-1, 01, bytes 0-1/10",
        "bytes= 0-1, 01, bytes 0-1/10"
    })
    void oneRangeIsPartialContent(String range, String bytes, String contentRange) throws Exception {
        HttpResponse<byte[]> response = get(alice, path, "Range", range);
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(bytes);
        assertThat(header(response, "Content-Range")).isEqualTo(contentRange);
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(bytes.length()));
        assertThat(header(response, "ETag")).isEqualTo(tag);
        assertThat(header(response, "Content-Type")).isEqualTo("image/png");
        assertThat(header(response, "Content-Disposition")).isEqualTo("inline; filename=cat.png");
        assertThat(header(response, "Content-Security-Policy")).startsWith("sandbox;");
        assertThat(header(response, "Cache-Control")).startsWith("private");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=100000000000-"})
    void anUnsatisfiableRangeIsRejected(String range) throws Exception {
        HttpResponse<byte[]> response = get(alice, path, "Range", range);
        assertThat(error(response)).isEqualTo("416 M_UNKNOWN");
        assertThat(header(response, "Content-Range")).isEqualTo("bytes */10");
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(header(response, "Cache-Control") + header(response, "ETag")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,",
                "bytes=0-1,3-4",
                "bytes=5-4",
                "bytes=",
                "bytes=a-b",
                "items=0-1",
                "nonsense",
                "bytes=-"
            })
    void severalOrInvalidRangesGetTheWholeContent(String range) throws Exception {
        isWhole(get(alice, path, "Range", range));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1", "bytes=10-", "nonsense"})
    void aRangeAppliesToGetOnly(String range) throws Exception {
        HttpResponse<byte[]> response = alice.send(
                alice.request(path).method("HEAD", BodyPublishers.noBody()).header("Range", range));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(headers(response)).isEqualTo(headers(alice.get(path)));
    }

    @Test
    void emptyContentHasNoRanges() throws Exception {
        String empty = Client.download(alice.mxc(new byte[0]));
        HttpResponse<byte[]> response = get(alice, empty, "Range", "bytes=0-");
        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "Content-Range")).isEqualTo("bytes */0");
    }

    @Test
    void anIfRangeThatMatchesGetsTheRange() throws Exception {
        HttpResponse<byte[]> response =
                alice.send(alice.request(path).header("Range", "bytes=1-2").header("If-Range", tag));
        assertThat(response.statusCode()).isEqualTo(206);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"another\"", "Sat, 29 Oct 1994 19:43:31 GMT", "", "nonsense", "*"})
    void anIfRangeThatDoesNotMatchGetsTheWholeContent(String condition) throws Exception {
        isWhole(alice.send(alice.request(path).header("Range", "bytes=1-2").header("If-Range", condition)));
        isWhole(alice.send(alice.request(path).header("Range", "bytes=99-").header("If-Range", condition)));
    }

    @Test
    void aWeakEntityTagDoesNotMatchInIfRange() throws Exception {
        isWhole(alice.send(alice.request(path).header("Range", "bytes=1-2").header("If-Range", "W/" + tag)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAG", "W/TAG", "*", " * ", "\"another\", TAG", "W/\"another\",W/TAG", "\"a\" , TAG,\"b\""})
    void aMatchingIfNoneMatchIsNotModified(String condition) throws Exception {
        HttpResponse<byte[]> response = get(alice, path, "If-None-Match", condition.replace("TAG", tag));
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "ETag")).isEqualTo(tag);
        assertThat(header(response, "Cache-Control")).isEqualTo("private, max-age=86400, immutable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"another\"", "W/\"another\"", "", "nonsense", "\"", ",,,", "\"*\"", "1"})
    void anIfNoneMatchThatDoesNotMatchGetsTheContent(String condition) throws Exception {
        isWhole(get(alice, path, "If-None-Match", condition));
    }

    @Test
    void aConditionIsEvaluatedBeforeARange() throws Exception {
        HttpResponse<byte[]> known =
                alice.send(alice.request(path).header("Range", "bytes=99-").header("If-None-Match", tag));
        assertThat(known.statusCode()).isEqualTo(304);
        HttpResponse<byte[]> other =
                alice.send(alice.request(path).header("Range", "bytes=1-2").header("If-None-Match", "\"another\""));
        assertThat(other.statusCode()).isEqualTo(206);
    }

    @Test
    void aConditionRevealsNothingOfMissingMedia() throws Exception {
        HttpResponse<byte[]> unknown =
                get(alice, "/_matrix/client/v1/media/download/example.org/nothing", "If-None-Match", "*");
        assertThat(error(unknown)).isEqualTo("404 M_NOT_FOUND");
        HttpResponse<byte[]> pending = get(alice, Client.download(reserve()) + "?timeout_ms=0", "If-None-Match", "*");
        assertThat(error(pending)).isEqualTo("504 M_NOT_YET_UPLOADED");
    }

    private void isWhole(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(TEN_BYTES);
        assertThat(header(response, "Content-Range")).isEmpty();
    }
}
