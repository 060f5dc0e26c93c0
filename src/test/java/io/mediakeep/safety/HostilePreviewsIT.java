package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.HostileImages;
import io.mediakeep.testing.HostilePage;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import io.mediakeep.testing.server.TestSite;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Sixty of the largest and most hostile pages at once, through a heap of 256 MiB. */
class HostilePreviewsIT extends SafetyContract {
    private static final int PAGE_BYTES = 2 * 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int AT_ONCE = 60;

    @Override
    List<String> jvmOptions() {
        return List.of(ServerProcess.BOTH_COMPILERS, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
    }

    @Override
    String configured() {
        return "outbound: {allowed-networks: [127.0.0.1]}\npreviews: {timeout: 5m, max-page-size: 3MiB}"; // as many at
        // once as
        // ever
    }

    @Test
    void sixtyConcurrentHostilePagesAreServed() throws Exception {
        try (TestSite site = new TestSite()) {
            List<HostilePage> pages = HostilePage.all();
            for (int i = 0; i < pages.size(); i++) {
                site.page("/hostile-" + i, pages.get(i).html(PAGE_BYTES));
            }
            List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
            Client bob = new Client(server.url(), TestConfig.BOB);
            for (int i = 0; i < AT_ONCE; i++) {
                Client caller = i % 2 == 0 ? alice : bob; // half of them, the share of a caller
                responses.add(caller.sendAsync(caller.request(preview(site, "/hostile-" + i % pages.size() + "?" + i))
                        .timeout(TIMEOUT)));
            }
            assertThat(alice.get("/_matrix/client/v1/media/config").statusCode())
                    .isEqualTo(200);
            for (CompletableFuture<HttpResponse<byte[]>> response : responses) {
                assertThat(Client.json(response.get()).getString("og:title")).isEqualTo("T");
            }
            assertThat(Client.json(alice.get(preview(site, "/og-by-name")))).containsKey("og:image");
            assertSpoolEmpty();
        }
    }

    /** Its decoder would allocate 2 GiB to return the size of such an image. */
    @Test
    void imagesWithProfilesThatDeclareGigabytesAreServed() throws Exception {
        try (TestSite site = new TestSite()) {
            byte[] image = HostileImages.declaringProfile();
            site.on("/picture", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "image/webp");
                TestSite.send(exchange, 200, image);
            });
            List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                responses.add(alice.sendAsync(
                        alice.request(preview(site, "/picture?" + i)).timeout(TIMEOUT)));
            }
            for (CompletableFuture<HttpResponse<byte[]>> response : responses) {
                JsonObject preview = Client.json(response.get());
                assertThat(preview.getInt("og:image:width")).isEqualTo(600);
                String thumbnail = Client.thumbnail(preview.getString("og:image"), "width=96&height=96");
                assertThat(alice.get(thumbnail).statusCode()).isEqualTo(200);
            }
        }
    }

    private static String preview(TestSite site, String path) {
        String page = "http://127.0.0.1:" + site.port() + path;
        return "/_matrix/client/v1/media/preview_url?url=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
    }
}
