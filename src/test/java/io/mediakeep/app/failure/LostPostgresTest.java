package io.mediakeep.app.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.TestConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL is stopped under load and started again: cached lookups are served all the time, other requests are
 * rejected until it is back, and nothing acknowledged is lost.
 */
@Timeout(300)
class LostPostgresTest {
    /** The minimum downtime in seconds; a minute with {@code -Dmediakeep.postgres.away=60}. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("mediakeep.postgres.away", 1));

    private static final int CLIENTS = 4, FILES = 10, PROGRESS = 20;

    private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();
    private final List<String> cached = new ArrayList<>();
    private volatile boolean enough;

    @TempDir
    Path directory;

    @Test
    void cachedLookupsAreServedAndNothingIsLost() throws Exception {
        EmbeddedPostgres postgres = postgres(0);
        int port = postgres.getPort();
        try (ServerInProcess server = new ServerInProcess(
                        directory,
                        Map.of(
                                "database.url",
                                postgres.getJdbcUrl("postgres", "postgres"),
                                "database.username",
                                "postgres"));
                LogCapture recording = new LogCapture()) {
            List<CompletableFuture<?>> clients = load(server);
            Eventually.holds(() -> assertThat(acknowledged).hasSizeGreaterThan(FILES + PROGRESS));
            postgres.close();
            worksWithoutDatabase();
            postgres = postgres(port);
            int before = acknowledged.size();
            Eventually.holds(() -> assertThat(acknowledged).hasSizeGreaterThan(before + PROGRESS));
            enough = true;
            for (CompletableFuture<?> client : clients) {
                client.get();
            }
            Client client = new Client(server.url(), TestConfig.ALICE);
            for (Map.Entry<String, byte[]> upload : acknowledged.entrySet()) {
                assertThat(client.get(Client.download(upload.getKey())).body()).isEqualTo(upload.getValue());
            }
            assertThat(recording.text())
                    .containsOnlyOnce("The database is not available")
                    .containsOnlyOnce("The database is available again")
                    .doesNotContain("\tat ");
        } finally {
            postgres.close();
        }
    }

    /** @param port 0 for any */
    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
    }

    private void worksWithoutDatabase() throws Exception {
        Instant end = Instant.now().plus(AWAY);
        do {
            int servedBefore = served.get();
            int rejectedBefore = rejected.get();
            Eventually.holds(() -> {
                assertThat(served).hasValueGreaterThan(servedBefore + PROGRESS);
                assertThat(rejected).hasValueGreaterThan(rejectedBefore + PROGRESS);
            });
        } while (Instant.now().isBefore(end));
    }

    private List<CompletableFuture<?>> load(ServerInProcess server) throws Exception {
        Client first = new Client(server.url(), TestConfig.ALICE);
        for (int seed = 0; seed < FILES; seed++) {
            upload(first, seed);
        }
        cached.addAll(acknowledged.keySet());
        for (String mxc : cached) {
            download(first, mxc);
        }
        List<CompletableFuture<?>> clients = new ArrayList<>();
        for (int number = 1; number <= CLIENTS; number++) {
            int seed = 1_000_000 * number;
            clients.add(CompletableFuture.runAsync(
                    () -> work(new Client(server.url(), TestConfig.ALICE), seed), task -> new Thread(task).start()));
        }
        return clients;
    }

    private void work(Client client, int firstSeed) {
        try {
            for (int seed = firstSeed; !enough; seed++) {
                download(client, cached.get(seed % FILES));
                upload(client, seed);
            }
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private void download(Client client, String mxc) throws Exception {
        HttpResponse<byte[]> response = client.get(Client.download(mxc));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(acknowledged.get(mxc));
        served.incrementAndGet();
    }

    private void upload(Client client, int seed) throws Exception {
        byte[] bytes = new byte[1000];
        new Random(seed).nextBytes(bytes);
        HttpResponse<byte[]> response = client.upload(bytes, "text/plain", "cat.txt");
        if (response.statusCode() == 200) {
            acknowledged.put(Client.json(response).getString("content_uri"), bytes);
        } else {
            assertThat(Client.error(response)).isEqualTo("503 M_UNKNOWN");
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            rejected.incrementAndGet();
        }
    }
}
