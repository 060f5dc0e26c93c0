package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.StoredData;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestFederation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL that receive requests for the same file of another server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterFetchIT {
    private static final int READERS = 60;
    private static final int TIMEOUT_SECONDS = 30;
    private static final int SIZE = 2 << 20;

    private final Random random = new Random();
    private Path directory;
    private DatabaseSettings database;
    private TestFederation federation;
    private RemoteHomeserver origin;
    private ServerProcess a;
    private ServerProcess b;

    /** The numbers of stored rows. */
    private record Stored(long media, long blobs, long complete) {
        Stored more(long moreMedia, long moreBlobs) {
            return new Stored(media + moreMedia, blobs + moreBlobs, complete + moreBlobs);
        }
    }

    @BeforeAll
    void start(@TempDir Path shared) throws Exception {
        directory = shared;
        database = PostgresServer.freshDatabase();
        federation = new TestFederation(directory);
        origin = new RemoteHomeserver(
                federation.address(), 0, federation.certificates().server(federation.address()));
        a = node("a");
        b = node("b");
    }

    private ServerProcess node(String name) throws IOException {
        Path own = Files.createDirectories(directory.resolve(name));
        new TestConfig(own.resolve("data"))
                .on(database)
                .with("blobs: {kind: database}")
                .with(federation.yaml())
                .remote("timeout: " + TIMEOUT_SECONDS + "s")
                .writeTo(own);
        return ServerProcess.ofWar(own);
    }

    @AfterAll
    void stop() throws IOException {
        a.close();
        b.close();
        origin.close();
        federation.close();
    }

    @Test
    void concurrentFetchesOfTwoNodesStoreOneCopy() throws Exception {
        Stored before = stored();
        byte[] film = content();
        CountDownLatch both = new CountDownLatch(2);
        hands("film", () -> {
            both.countDown();
            await(both);
            return film;
        });
        assertThat(assertAllRead("film")).hasSize(READERS).allMatch(bytes -> Arrays.equals((byte[]) bytes, film));
        assertStored(before.more(1, 1));
        assertSpoolsEmpty();
        assertThat(read(a, "film")).isEqualTo(film);
        assertThat(read(b, "film")).isEqualTo(film);
        assertThat(requestsFor("film")).isEqualTo(2);
    }

    @Test
    void ofTwoDifferentResponsesOfAnOriginOneIsStored() throws Exception {
        Stored before = stored();
        List<byte[]> films = List.of(content(), content());
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger calls = new AtomicInteger();
        hands("lie", () -> {
            both.countDown();
            await(both);
            return films.get(calls.getAndIncrement());
        });
        assertThat(assertAllRead("lie"))
                .hasSize(READERS)
                .allMatch(bytes -> films.stream().anyMatch(film -> Arrays.equals((byte[]) bytes, film)));
        assertStored(before.more(1, 2)); // the unreferenced blob is removed by the maintenance
        assertSpoolsEmpty();
        assertThat(read(a, "lie")).isEqualTo(read(b, "lie"));
        assertThat(requestsFor("lie")).isEqualTo(2);
    }

    @Test
    void theKillOfOneNodeDoesNotAffectTheOthers() throws Exception {
        Stored before = stored();
        byte[] film = content();
        CountDownLatch killed = new CountDownLatch(1);
        origin.respond(path("half"), exchange -> {
            exchange.sendResponseHeaders(200, SIZE);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(film, 0, SIZE / 2);
                out.flush();
                await(killed);
                out.write(film, SIZE / 2, SIZE / 2);
            }
        });
        ServerProcess dying = node("dying");
        assertThat(download(dying, "half").getInputStream().readNBytes(1000)).hasSize(1000);
        dying.kill();
        assertThat(stored()).isEqualTo(before);
        killed.countDown();
        assertThat(read(b, "half")).isEqualTo(film);
        assertStored(before.more(1, 1));
        assertThat(read(a, "half")).isEqualTo(film);
        assertThat(requestsFor("half")).isEqualTo(2);
    }

    /** The content that the origin sends. */
    private interface Choice {
        byte[] bytes() throws IOException;
    }

    private void hands(String mediaId, Choice choice) {
        origin.respond(path(mediaId), exchange -> {
            byte[] bytes = choice.bytes();
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    private String path(String mediaId) {
        return "/_matrix/media/v3/download/" + origin.name() + "/" + mediaId;
    }

    private long requestsFor(String mediaId) {
        return origin.requests().stream()
                .filter(call -> call.uri().startsWith(path(mediaId)))
                .count();
    }

    private byte[] content() {
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<Object> assertAllRead(String mediaId) throws Exception {
        AtomicInteger turn = new AtomicInteger();
        return Concurrently.run(READERS, () -> read(turn.getAndIncrement() % 2 == 0 ? a : b, mediaId));
    }

    private byte[] read(ServerProcess node, String mediaId) throws IOException {
        try (InputStream in = download(node, mediaId).getInputStream()) {
            return in.readAllBytes();
        }
    }

    private HttpURLConnection download(ServerProcess node, String mediaId) throws IOException {
        return (HttpURLConnection) URI.create(node.url() + Client.legacyDownload(origin.mxc(mediaId)))
                .toURL()
                .openConnection();
    }

    private Stored stored() throws SQLException {
        return new Stored(
                StoredData.rows(database, "media"),
                StoredData.rows(database, "stored_blob"),
                StoredData.rows(database, "complete_blob"));
    }

    /** Readers may have all of it shortly before. */
    private void assertStored(Stored expected) throws Exception {
        Eventually.holds(() -> assertThat(stored()).isEqualTo(expected));
    }

    private void assertSpoolsEmpty() throws Exception {
        for (String node : List.of("a", "b")) {
            Path spool = directory.resolve(node).resolve("data/spool");
            Eventually.holds(() -> assertThat(StoredData.files(spool)).isZero());
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("only one of them sent a request");
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new IOException(closed);
        }
    }
}
