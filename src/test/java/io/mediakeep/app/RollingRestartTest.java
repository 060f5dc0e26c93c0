package io.mediakeep.app;

import static io.mediakeep.testing.Client.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.NginxProcess;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes behind nginx are replaced one after the other, under load, without failed requests. */
class RollingRestartTest {
    /** The number of restarts of each node. */
    private static final int ROUNDS = Integer.getInteger("mediakeep.restart.rounds", 1);

    private static final int BYTES = 64 * 1024;
    private static final int SLOW_PIECES = 20;
    private static final Duration BETWEEN_PIECES = Duration.ofMillis(100);

    private final AtomicInteger completed = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean enough;
    private Client alice;

    @Test
    void noRequestFailsWhileNodesAreReplaced(@TempDir Path directory) throws Exception {
        assumeTrue(NginxProcess.isInstalled(), "nginx is not installed");
        DatabaseSettings database = PostgresServer.freshDatabase();
        ServerInProcess[] nodes = {node(directory.resolve("a"), database, 0), node(directory.resolve("b"), database, 0)
        };
        try (NginxProcess nginx = new NginxProcess(
                directory, List.of(nodes[0].url().getPort(), nodes[1].url().getPort()))) {
            alice = new Client(nginx.url(), TestConfig.ALICE);
            List<Thread> clients = clients();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < nodes.length; i++) {
                    URI url = nodes[i].url();
                    nodes[i].close();
                    nodes[i] = node(directory.resolve(i == 0 ? "a" : "b"), database, url.getPort());
                }
            }
            enough = true;
            for (Thread client : clients) {
                client.join();
            }
        } finally {
            nodes[0].close();
            nodes[1].close();
        }
        assertThat(failures).isEmpty();
        assertThat(completed.get()).isGreaterThan(ROUNDS);
    }

    private static ServerInProcess node(Path directory, DatabaseSettings database, int port) throws Exception {
        Files.createDirectories(directory);
        new TestConfig(directory.resolve("data"))
                .at(port)
                .on(database)
                .with("blobs: {kind: database}")
                .writeTo(directory);
        return new ServerInProcess(directory);
    }

    private List<Thread> clients() {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(new Thread(again(this::uploadAndDownload)));
        }
        clients.add(new Thread(again(this::uploadSlowly)));
        clients.add(new Thread(again(this::waitForAnUpload)));
        clients.forEach(Thread::start);
        return clients;
    }

    private Runnable again(Callable<HttpResponse<byte[]>> request) {
        return () -> {
            while (!enough) {
                try {
                    HttpResponse<byte[]> response = request.call();
                    completed.incrementAndGet();
                    pause();
                    if (response.statusCode() != 200) {
                        failures.add(response + ": " + new String(response.body(), UTF_8));
                    }
                } catch (Exception failure) {
                    failures.add(failure.toString());
                }
            }
        };
    }

    private HttpResponse<byte[]> uploadAndDownload() throws Exception {
        byte[] bytes = bytes(BYTES);
        HttpResponse<byte[]> uploaded = alice.upload(bytes, "image/png", "cat.png");
        if (uploaded.statusCode() != 200) {
            return uploaded;
        }
        HttpResponse<byte[]> downloaded =
                alice.get(Client.download(json(uploaded).getString("content_uri")));
        if (downloaded.statusCode() == 200) {
            assertThat(downloaded.body()).isEqualTo(bytes);
        }
        return downloaded;
    }

    private HttpResponse<byte[]> uploadSlowly() throws Exception {
        return alice.upload(BodyPublishers.ofInputStream(SlowBody::new), "image/png", "slow.png");
    }

    private HttpResponse<byte[]> waitForAnUpload() throws Exception {
        HttpResponse<byte[]> created = alice.post("/_matrix/media/v1/create");
        if (created.statusCode() != 200) {
            return created;
        }
        String mxc = json(created).getString("content_uri");
        CompletableFuture<HttpResponse<byte[]>> waiting = alice.sendAsync(alice.request(Client.download(mxc)));
        pause();
        HttpResponse<byte[]> put =
                alice.send(alice.request(Client.put(mxc)).PUT(BodyPublishers.ofByteArray(bytes(100))));
        HttpResponse<byte[]> downloaded = waiting.join();
        return put.statusCode() == 200 ? downloaded : put;
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private static void pause() {
        LockSupport.parkNanos(BETWEEN_PIECES.toNanos());
    }

    /** An upload that takes two seconds. */
    private static final class SlowBody extends InputStream {
        private int pieces;

        @Override
        public int read() {
            throw new UnsupportedOperationException("byte by byte");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (pieces++ == SLOW_PIECES) {
                return -1;
            }
            pause();
            return Math.min(length, BYTES);
        }
    }
}
