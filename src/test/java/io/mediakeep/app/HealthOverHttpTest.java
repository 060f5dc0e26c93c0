package io.mediakeep.app;

import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestConfig;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health endpoints for load balancers and supervisors, without a token. */
class HealthOverHttpTest {
    private static final String LIVE = "/_mediakeep/health/live", READY = "/_mediakeep/health/ready";

    @TempDir
    Path directory;

    @Test
    void eachComponentHasAState() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
            Client anybody = new Client(server.url(), "");
            assertThat(anybody.get(LIVE).statusCode()).isEqualTo(200);
            HttpResponse<byte[]> ready = anybody.get(READY);
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.headers().firstValue("Cache-Control")).hasValue("no-store");
            JsonObject parts = json(ready);
            assertThat(parts.keySet())
                    .containsExactlyInAnyOrder(
                            "server", "database", "announcements", "blob_store", "disk_space", "maintenance", "scrub");
            assertThat(parts.values()).allSatisfy(part -> {
                assertThat(part.asJsonObject().getBoolean("ok")).isTrue();
                assertThat(part.asJsonObject().getJsonNumber("age_ms").longValue())
                        .isNotNegative();
                assertThat(part.asJsonObject().getString("message")).doesNotContain("/");
            });
        }
    }

    @Test
    void withoutItsStoreAServerIsLiveButNotReady() throws Exception {
        Path blobs = directory.resolve("data/blobs"), away = directory.resolve("away");
        try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            String mxc = alice.mxc(new byte[10]);
            Files.move(blobs, away);
            Files.createDirectory(blobs); // as when a file system is not mounted
            assertThat(alice.get(Client.download(mxc)).statusCode()).isEqualTo(503);
            HttpResponse<byte[]> ready = alice.get(READY);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(json(ready).getJsonObject("blob_store").getBoolean("ok")).isFalse();
            assertThat(alice.get(LIVE).statusCode()).isEqualTo(200);
            Files.delete(blobs);
            Files.move(away, blobs);
            assertThat(alice.get(Client.download(alice.mxc(new byte[9]))).statusCode())
                    .isEqualTo(200);
            assertThat(alice.get(READY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aStoppingServerIsNotReadyDuringTheDrainDelay() throws Exception {
        ServerInProcess server = new ServerInProcess(directory, Map.of("shutdown.drain-delay", "1h"));
        Client alice = new Client(server.url(), TestConfig.ALICE);
        Thread stopping = new Thread(server::close);
        stopping.start();
        Eventually.holds(() -> assertThat(alice.get(READY).statusCode()).isEqualTo(503));
        assertThat(json(alice.get(READY)).getJsonObject("server").getBoolean("ok"))
                .isFalse();
        assertThat(alice.get("/_matrix/media/v3/config").statusCode()).isEqualTo(200);
        stopping.interrupt();
        stopping.join();
    }
}
