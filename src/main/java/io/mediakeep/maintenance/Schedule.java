package io.mediakeep.maintenance;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work again and again until it is closed. No work overlaps itself, and slow work does not hold up other work. What
 * fails is logged and runs again next time.
 */
public final class Schedule implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Schedule.class);

    private static final int THREADS = 4;

    /** How long running work may take to end when the server stops. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(THREADS, work -> {
        Thread thread = new Thread(work, "maintenance");
        thread.setDaemon(true);
        return thread;
    });

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        /** Does it once. */
        void run() throws Exception;
    }

    /** Runs the work every so often, the first time after one such pause. */
    public void every(Duration pause, String name, Work work) {
        Future<?> unused = timer.scheduleWithFixedDelay(
                () -> runOnce(name, work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void runOnce(String name, Work work) {
        try {
            work.run();
        } catch (Exception failure) {
            log.warn("Maintenance failed and will be tried again: {}", name, failure);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
