package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.DispositionReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Complete downloads, by either endpoint. */
class DownloadResourceTest extends ResourceTest {

    @Test
    void contentHasAllSecurityHeaders() throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        for (HttpResponse<byte[]> response : bothWays(mxc, "")) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(TEN_BYTES);
            assertThat(header(response, "Content-Type")).isEqualTo("image/png");
            assertThat(header(response, "Content-Length")).isEqualTo("10");
            assertThat(header(response, "Content-Disposition")).isEqualTo("inline; filename=cat.png");
            assertThat(header(response, "Content-Security-Policy"))
                    .isEqualTo("sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf;"
                            + " style-src 'unsafe-inline'; media-src 'self'; object-src 'self';");
            assertThat(header(response, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(response, "X-Robots-Tag")).isEqualTo("noindex, nofollow, noarchive, noimageindex");
            assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
            assertThat(header(response, "ETag")).matches("\"[0-9a-f]{64}\"");
        }
    }

    @Test
    void authenticatedResponsesAreCachedPrivately() throws Exception {
        String mxc = alice.mxc(TEN_BYTES);
        assertThat(header(alice.get(Client.download(mxc)), "Cache-Control"))
                .isEqualTo("private, max-age=86400, immutable");
        assertThat(header(alice.get(Client.legacyDownload(mxc)), "Cache-Control"))
                .isEqualTo("public, max-age=86400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r0", "v1", "v3"})
    void legacyPathsHaveTheSameResponse(String version) throws Exception {
        String path = Client.legacyDownload(alice.mxc(TEN_BYTES));
        HttpResponse<byte[]> response = anonymous.get(path.replace("/v3/", "/" + version + "/"));
        assertThat(response.body()).isEqualTo(TEN_BYTES);
        assertThat(headers(response)).isEqualTo(headers(anonymous.get(path)));
    }

    @Test
    void theEntityTagDependsOnTheBytes() throws Exception {
        String tag = header(alice.get(Client.download(alice.mxc(TEN_BYTES))), "ETag");
        assertThat(header(alice.get(Client.download(alice.mxc(TEN_BYTES))), "ETag"))
                .isEqualTo(tag);
        assertThat(header(alice.get(Client.download(alice.mxc(new byte[9]))), "ETag"))
                .isNotEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "dog.jpg | dog.jpg",
                "\u540D\u524D.jpg | \u540D\u524D.jpg",
                "name with spaces | name with spaces",
                "name;with;semicolons | name;with;semicolons",
                "\"q\" | \"q\"",
                "a+b | a+b",
                "100% | 100%",
                "a/b.png | b.png",
                "..\\b.png | b.png",
                "{x}:[y] | {x}:[y]"
            })
    void theNameInThePathPrecedesTheStoredOne(String requested, String name) throws Exception {
        String path = "/" + URLEncoder.encode(requested, StandardCharsets.UTF_8).replace("+", "%20");
        for (HttpResponse<byte[]> response : bothWays(alice.mxc(TEN_BYTES), path)) {
            assertThat(response.body()).isEqualTo(TEN_BYTES);
            assertThat(DispositionReader.fileName(header(response, "Content-Disposition")))
                    .isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20", "%0A", "..%2F", "%2E%2E%5C"})
    void anInvalidNameInThePathIsIgnored(String requested) throws Exception {
        for (HttpResponse<byte[]> response : bothWays(alice.mxc(TEN_BYTES), "/" + requested)) {
            assertThat(header(response, "Content-Disposition")).isEqualTo("inline; filename=cat.png");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image/svg+xml | attachment; filename=cat",
                "text/html | attachment; filename=cat",
                "application/pdf | attachment; filename=cat",
                "Image/PNG; a=b | inline; filename=cat",
                "audio/flac | inline; filename=cat"
            })
    void onlyTypesOfTheSpecificationAreShownInline(String type, String disposition) throws Exception {
        String mxc = json(alice.upload(TEN_BYTES, type, "cat")).getString("content_uri");
        for (HttpResponse<byte[]> response : bothWays(mxc, "")) {
            assertThat(header(response, "Content-Disposition")).isEqualTo(disposition);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org/nothing", "elsewhere.org/cat", "EXAMPLE.ORG/cat", "example.org:8448/cat", "%5B::1%5D/cat",
                "example.org/a.b", "example.org/%2e%2e", "example.org/a%2Fb", "example.org/a%20b",
                        "example.org/c%C3%A4t",
                "example.org/cat%0A", "a_b/cat", "%2e%2e/cat", "@alice:example.org/cat", "example.org:/cat",
                "example.org/..;x=y", "%ff/cat", "example.org/%ff"
            })
    void missingMediaAndInvalidIdsHaveTheSameResponse(String path) throws Exception {
        HttpResponse<byte[]> unknown = alice.get("/_matrix/client/v1/media/download/example.org/unknown");
        for (HttpResponse<byte[]> response : bothWays("mxc://" + path, "")) {
            assertThat(error(response)).isEqualTo("404 M_NOT_FOUND");
            assertThat(response.body()).isEqualTo(unknown.body());
        }
        assertThat(error(alice.get(Client.download("mxc://example.org/" + "x".repeat(256)))))
                .isEqualTo("404 M_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "timeout_ms, -1",
        "timeout_ms, 20s",
        "timeout_ms, 99999999999999999999",
        "allow_remote, 1",
        "allow_remote, TRUE",
        "allow_redirect, yes"
    })
    void anInvalidParameterIsNamed(String name, String value) throws Exception {
        for (HttpResponse<byte[]> response : bothWays(alice.mxc(TEN_BYTES), "?" + name + "=" + value)) {
            assertThat(error(response)).isEqualTo("400 M_INVALID_PARAM");
            assertThat(json(response).getString("error")).contains("'" + name + "'");
        }
    }

    @Test
    void anEmptyParameterIsAbsent() throws Exception {
        for (HttpResponse<byte[]> response :
                bothWays(alice.mxc(TEN_BYTES), "?timeout_ms=&allow_remote=&allow_redirect")) {
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allow_remote=true",
                "allow_remote=false",
                "allow_redirect=true",
                "allow_redirect=false",
                "timeout_ms=0",
                "timeout_ms=999999999999999999",
                "allow_redirect=true&allow_remote=false&timeout_ms=1&more=%20"
            })
    void storedMediaIsServedWithAllowRemoteFalse(String query) throws Exception {
        for (HttpResponse<byte[]> response : bothWays(alice.mxc(TEN_BYTES), "?" + query)) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(TEN_BYTES);
        }
    }

    @Test
    void remoteMediaIsNotFoundWithAllowRemoteFalse() throws Exception {
        for (HttpResponse<byte[]> response : bothWays("mxc://elsewhere.invalid/cat", "?allow_remote=false")) {
            assertThat(error(response)).isEqualTo("404 M_NOT_FOUND");
        }
    }

    @Test
    void pendingContentIsWaitedForUntilTheRequestedTimeout() throws Exception {
        String mxc = reserve();
        for (HttpResponse<byte[]> response : bothWays(mxc, "?timeout_ms=1")) {
            assertThat(error(response)).isEqualTo("504 M_NOT_YET_UPLOADED");
        }
        for (HttpResponse<byte[]> response : bothWays(mxc, "/name?timeout_ms=0")) {
            assertThat(error(response)).isEqualTo("504 M_NOT_YET_UPLOADED");
        }
        assertThat(send(alice, "HEAD", Client.download(mxc) + "?timeout_ms=0").statusCode())
                .isEqualTo(504);
    }

    @Test
    void allWaitingRequestsCompleteWhenTheUploadCompletes() throws Exception {
        String mxc = reserve();
        List<CompletableFuture<HttpResponse<byte[]>>> readers = List.of(
                alice.sendAsync(alice.request(Client.download(mxc) + "?timeout_ms=60000")),
                bob.sendAsync(bob.request(Client.download(mxc) + "/name?timeout_ms=60000")),
                anonymous.sendAsync(anonymous.request(Client.legacyDownload(mxc) + "?timeout_ms=60000")),
                alice.sendAsync(alice.request(Client.download(mxc) + "?timeout_ms=60000")
                        .header("Range", "bytes=0-3")));
        assertThat(put(alice, mxc).statusCode()).isEqualTo(200);
        for (CompletableFuture<HttpResponse<byte[]>> reader : readers.subList(0, 3)) {
            HttpResponse<byte[]> response = reader.get(30, TimeUnit.SECONDS);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(TEN_BYTES);
            assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        }
        HttpResponse<byte[]> part = readers.get(3).get(30, TimeUnit.SECONDS);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("0123".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void mediaWhoseBlobIsLostIsNotFound() throws Exception {
        byte[] bytes = "these will be lost".getBytes(StandardCharsets.UTF_8);
        String mxc = alice.mxc(bytes);
        deleteBlob(header(alice.get(Client.download(mxc)), "ETag").replace("\"", ""));
        for (HttpResponse<byte[]> response : bothWays(mxc, "")) {
            assertThat(error(response)).isEqualTo("404 M_NOT_FOUND");
            assertThat(header(response, "Cache-Control") + header(response, "ETag"))
                    .isEmpty();
        }
    }

    private List<HttpResponse<byte[]>> bothWays(String mxc, String rest) throws Exception {
        return List.of(alice.get(Client.download(mxc) + rest), anonymous.get(Client.legacyDownload(mxc) + rest));
    }

    /** Deletes the file of a blob. */
    private void deleteBlob(String sha256) throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("data/blobs"))) {
            List<Path> found = all.filter(file -> file.getFileName().toString().contains(sha256.substring(8)))
                    .toList();
            assertThat(found).hasSize(1);
            Files.delete(found.get(0));
        }
    }
}
