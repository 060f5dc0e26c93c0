package io.mediakeep.container.servlet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many connections of clients that do not read are closed at a time. Before Tomcat closes a connection it sends
 * what it has buffered of the response: one of its threads waits for the client until the write timeout.
 */
final class CloseLimit {
    /** Tomcat's default ({@code connectionTimeout} of the connector; its server.xml has 20 s). */
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(60);

    private final Semaphore permits;

    /** @param max how many threads of the container may wait for such clients */
    CloseLimit(int max) {
        this.permits = new Semaphore(max);
    }

    /** Whether another connection may be closed now; if so, it counts until the container's write timeout is over. */
    boolean tryAcquire() {
        boolean acquired = permits.tryAcquire();
        if (acquired) {
            CompletableFuture.delayedExecutor(WRITE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(permits::release);
        }
        return acquired;
    }
}
