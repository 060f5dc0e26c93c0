package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.HostileImages;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.process.ServerProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two hundred hostile images at once, with a heap of 256 MiB. */
class HostileImagesIT extends SafetyContract {
    private static final int IMAGES = 200;
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Override
    List<String> jvmOptions() {
        return List.of(ServerProcess.BOTH_COMPILERS, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void allRequestsCompleteAndOtherClientsAreServed() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
        for (String mxc : uploaded()) {
            String query = "width=320&height=240&animated=" + (responses.size() % 2 == 0);
            responses.add(
                    alice.sendAsync(alice.request(Client.thumbnail(mxc, query)).timeout(LONG)));
        }
        assertOthersServed();
        Set<Integer> statuses = new HashSet<>();
        for (CompletableFuture<HttpResponse<byte[]>> each : responses) {
            HttpResponse<byte[]> response = each.get(LONG.toSeconds(), TimeUnit.SECONDS);
            statuses.add(response.statusCode());
            assertThat(response.headers().firstValue("Retry-After").isPresent())
                    .isEqualTo(response.statusCode() == 503);
        }
        assertThat(statuses).contains(200, 400, 413).isSubsetOf(200, 400, 413, 503);
        HttpResponse<byte[]> afterwards =
                alice.get(Client.thumbnail(alice.mxc(TestImages.png(1000, 800, 1)), "width=96&height=96&method=crop"));
        assertThat(afterwards.statusCode()).isEqualTo(200);
        assertThat(TestImages.size(afterwards.body())).isEqualTo("96x96");
        assertSpoolEmpty();
    }

    /** The same content under many URIs is rendered once for each. */
    private List<String> uploaded() throws Exception {
        List<byte[]> kinds = HostileImages.all();
        List<String> uploaded = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            uploaded.add(alice.mxc(kinds.get(i % kinds.size())));
        }
        return uploaded;
    }

    private void assertOthersServed() throws Exception {
        String mxc = alice.mxc(new byte[100_000]);
        for (int i = 0; i < 20; i++) {
            assertThat(alice.send(alice.request(Client.download(mxc)).timeout(SOON))
                            .body())
                    .hasSize(100_000);
            assertThat(alice.send(alice.request("/_matrix/client/v1/media/config")
                                    .timeout(SOON))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
