package io.mediakeep.api.admin;

import io.mediakeep.testing.Client;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Clients that upload and download at a constant rate, and their response times. */
final class ClientLoad implements AutoCloseable {
    private static final int UPLOADERS = 2, DOWNLOADERS = 4, SIZE = 10_000;
    private static final Duration BETWEEN_UPLOADS = Duration.ofMillis(50), BETWEEN_DOWNLOADS = Duration.ofMillis(25);

    private final Queue<Double> uploads = new ConcurrentLinkedQueue<>();
    private final Queue<Double> downloads = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(UPLOADERS + DOWNLOADERS);
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();
    private volatile boolean ended;

    /** Starts them. */
    ClientLoad(Client client, List<String> media) {
        for (int i = 0; i < UPLOADERS; i++) {
            start(uploads, BETWEEN_UPLOADS, () -> client.upload(randomBytes(), "image/png", "cat.png"));
        }
        for (int i = 0; i < DOWNLOADERS; i++) {
            start(
                    downloads,
                    BETWEEN_DOWNLOADS,
                    () -> client.get(Client.download(
                            media.get(ThreadLocalRandom.current().nextInt(media.size())))));
        }
    }

    static byte[] randomBytes() {
        byte[] bytes = new byte[SIZE];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    private void start(Queue<Double> times, Duration between, Callable<HttpResponse<byte[]>> request) {
        clients.add(CompletableFuture.runAsync(
                () -> {
                    while (!ended) {
                        long begin = System.nanoTime();
                        requireOk(request);
                        times.add((System.nanoTime() - begin) / 1e6);
                        LockSupport.parkNanos(between.toNanos());
                    }
                },
                threads));
    }

    private static void requireOk(Callable<HttpResponse<byte[]>> request) {
        try {
            HttpResponse<byte[]> response = request.call();
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.toString());
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    void print(String name) {
        print(name, "uploads", uploads);
        print(name, "downloads", downloads);
    }

    private static void print(String name, String kind, Queue<Double> times) {
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                "  %-8s %6d %-9s p50 %6.1f ms, p99 %6.1f ms, longest %6.1f ms%n",
                name,
                sorted.length,
                kind,
                sorted[sorted.length / 2],
                sorted[sorted.length * 99 / 100],
                sorted[sorted.length - 1]);
    }

    /** Ends the clients; fails if a response was not 200. */
    @Override
    public void close() {
        ended = true;
        CompletableFuture.allOf(clients.toArray(CompletableFuture<?>[]::new)).join();
        threads.shutdown();
    }
}
