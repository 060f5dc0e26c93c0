package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Does the work on previews: so much at once, as much again waiting its turn, and no more. */
final class PreviewWorkers implements AutoCloseable {
    /** How many sites are visited at once; the bytes of so many pages lie in memory. */
    private static final int MOST_AT_ONCE = 16;

    /** How many wait or are worked on. */
    private static final int MOST_ADMITTED = 256;

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final Semaphore admitted = new Semaphore(MOST_ADMITTED);
    private final Semaphore running = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Workers.named("previews", MOST_AT_ONCE);

    /** Does it when its turn has come; fails with 503 when too many wait, and with 504 when the deadline comes first. */
    <T> CompletableFuture<T> run(Deadline deadline, Supplier<T> work) {
        if (!admitted.tryAcquire()) {
            throw MatrixException.unavailable("Too many previews are being made; try again", TRY_AGAIN);
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                result.complete(inTurn(deadline, work));
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            } finally {
                admitted.release();
            }
        });
        return result;
    }

    private <T> T inTurn(Deadline deadline, Supplier<T> work) throws InterruptedException {
        if (!running.tryAcquire(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
            throw MatrixException.gatewayTimeout("There are many previews to make; try again");
        }
        try {
            return work.get();
        } finally {
            running.release();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
