package io.mediakeep.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server during uploads, again and again: acknowledged uploads exist afterwards, others do not, and after the
 * cleanup there are no orphans.
 */
abstract class KillContract {
    private static final int THREADS = 4;

    /**
     * The maximum number of uploads of every second round, since the first writes after a start are a case of their
     * own.
     */
    private static final int SOON = 5;

    /** The number of rounds: few in a build, more with {@code -Dmediakeep.kill.rounds=20}. */
    private static final int ROUNDS = Integer.getInteger("mediakeep.kill.rounds", 2);

    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Integer> reserved = new ConcurrentHashMap<>();

    @TempDir
    Path directory;

    abstract DatabaseSettings database() throws IOException;

    /** Additional configuration in YAML. */
    String configured() {
        return "";
    }

    /** Called when the server was killed. */
    void killed() throws Exception {}

    /** A node in this JVM with the same store. */
    MediaNode node(DatabaseSettings database) throws IOException {
        return new MediaNode(database, directory.resolve("blobs"), new NodeOptions());
    }

    /** How many blobs are in the store. */
    long storedBlobs() throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("blobs"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(directory.resolve("blobs/spool")))
                    .filter(file -> !file.endsWith(".mediakeep-store"))
                    .count();
        }
    }

    @Test
    void acknowledgedUploadsSurvive() throws Exception {
        DatabaseSettings database = database();
        new TestConfig(directory)
                .on(database)
                .with("uploads: {max-pending: 1000000}")
                .with(configured())
                .writeTo(directory);
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            ServerProcess server = ServerProcess.ofWar(directory);
            assertServesAll(new Client(server.url(), TestConfig.ALICE));
            uploadUntilKilled(server, round, round % 2 == 0 ? 5 + random.nextInt(60) : SOON);
        }
        ServerProcess server = ServerProcess.ofWar(directory);
        assertServesAll(new Client(server.url(), TestConfig.ALICE));
        assertThat(server.terminate()).isZero();
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * 4);
        assertNoOrphans(database);
    }

    private void uploadUntilKilled(ServerProcess server, int round, int killAfter) throws Exception {
        CountDownLatch enough = new CountDownLatch(killAfter);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> uploaders = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = (round * THREADS + thread) * 100_000;
            uploaders.add(executor.submit(() -> {
                uploadUntilRejected(new Client(server.url(), TestConfig.ALICE), first, enough);
                return null;
            }));
        }
        enough.await();
        server.kill();
        for (Future<?> uploader : uploaders) {
            uploader.get();
        }
        executor.shutdown();
        killed();
    }

    private void uploadUntilRejected(Client client, int first, CountDownLatch enough) throws InterruptedException {
        try {
            for (int seed = first; ; seed++) {
                if (seed % 3 == 0) {
                    String mxc =
                            Client.json(client.post("/_matrix/media/v1/create")).getString("content_uri");
                    reserved.put(mxc, seed);
                    HttpResponse<byte[]> put = client.send(client.request(Client.put(mxc))
                            .PUT(java.net.http.HttpRequest.BodyPublishers.ofByteArray(bytes(seed))));
                    assertThat(put.statusCode()).isEqualTo(200);
                    acknowledged.put(mxc, seed);
                } else {
                    acknowledged.put(client.mxc(bytes(seed)), seed);
                }
                enough.countDown();
            }
        } catch (IOException killed) {
            // the server was killed, as expected
        }
    }

    /** Checks that a server has what was acknowledged. */
    void assertServesAll(Client client) throws Exception {
        for (Map.Entry<String, Integer> upload : acknowledged.entrySet()) {
            HttpResponse<byte[]> response = client.get(Client.download(upload.getKey()));
            assertThat(response.statusCode()).as(upload.toString()).isEqualTo(200);
            assertThat(Arrays.equals(response.body(), bytes(upload.getValue())))
                    .as(upload.toString())
                    .isTrue();
        }
        Map<String, Integer> unacknowledged = new HashMap<>(reserved);
        unacknowledged.keySet().removeAll(acknowledged.keySet());
        for (Map.Entry<String, Integer> upload : unacknowledged.entrySet()) {
            HttpResponse<byte[]> response = client.get(Client.download(upload.getKey()) + "?timeout_ms=0");
            if (response.statusCode() == 200) { // it was stored, but the response was lost
                assertThat(response.body()).isEqualTo(bytes(upload.getValue()));
            } else {
                assertThat(Client.error(response)).isIn("504 M_NOT_YET_UPLOADED", "404 M_NOT_FOUND");
            }
        }
    }

    private void assertNoOrphans(DatabaseSettings database) throws Exception {
        try (MediaNode node = node(database)) {
            node.clock.advance(Duration.between(node.clock.instant(), java.time.Instant.now())
                    .plusHours(2));
            node.cleanup.remove();
            long pointedAt = node.transactions.call(
                    entities -> entities.createQuery("select count(distinct blobHash) from MediaEntity", Long.class)
                            .getSingleResult());
            assertThat(node.rows("BlobEntity")).isEqualTo(pointedAt);
            assertThat(storedBlobs()).isEqualTo(pointedAt);
            try (Stream<Path> spools = Files.list(node.directory.resolve("spool"))) {
                assertThat(spools).hasSize(1); // the lock file of the node
            }
        }
    }

    /**
     * Between 4 bytes and about 100 kB, different for each seed, except that each tenth seed repeats the one before.
     */
    private static byte[] bytes(int seed) {
        int content = seed % 10 == 9 ? seed - 1 : seed;
        Random random = new Random(content);
        byte[] bytes = new byte[4 + random.nextInt(100_000)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes).putInt(0, content).array();
    }
}
