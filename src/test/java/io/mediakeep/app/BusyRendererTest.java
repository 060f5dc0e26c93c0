package io.mediakeep.app;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.thumbnail;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More thumbnail requests than can be queued: some are rejected with Retry-After, and all get a response. */
class BusyRendererTest {
    private static final int LARGE = 8;
    private static final int OTHERS = 400;
    private static final Map<String, String> ONE_WORKER = Map.of(
            "thumbnails.workers", "1",
            "rate-limits.thumbnail.burst", "10000",
            "rate-limits.thumbnail.per-second", "10000");

    @TempDir
    Path directory;

    /**
     * While the large ones are rendered, requests for files that are no images are queued behind them; further ones are
     * rejected at once.
     */
    @Test
    void aRequestThatCannotBeQueuedIsRejectedWithRetryAfter() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, ONE_WORKER)) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
            request(alice, alice.mxc(TestImages.png(3500, 3500, 1)), LARGE, responses);
            request(alice, alice.mxc("no image".getBytes(US_ASCII)), OTHERS, responses);
            List<String> outcomes = new ArrayList<>();
            for (CompletableFuture<HttpResponse<byte[]>> each : responses) {
                HttpResponse<byte[]> response = each.get(1, TimeUnit.MINUTES);
                outcomes.add(response.statusCode() == 200 ? "200" : error(response));
                assertThat(response.headers().firstValue("Retry-After").orElse("never"))
                        .isEqualTo(response.statusCode() == 503 ? "5" : "never");
            }
            assertThat(outcomes).containsOnly("200", "400 M_UNKNOWN", "503 M_UNKNOWN");
        }
    }

    /** Each of another size, since equal requests share one rendering. */
    private static void request(
            Client client, String mxc, int times, List<CompletableFuture<HttpResponse<byte[]>>> responses) {
        for (int height = 1; height <= times; height++) {
            String query = "method=crop&width=640&height=" + height;
            responses.add(client.sendAsync(client.request(thumbnail(mxc, query))));
        }
    }
}
