package io.mediakeep.persistence;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Periodically forces what is committed without a caller that waits. */
final class PeriodicForce implements AutoCloseable {
    private final GroupCommit force;
    private final Consumer<RuntimeException> failed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "database-force");
        thread.setDaemon(true);
        return thread;
    });

    /** @param failed receives each failure */
    PeriodicForce(GroupCommit force, Consumer<RuntimeException> failed) {
        this.force = force;
        this.failed = failed;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the timer
    void begin(Duration period) {
        timer.scheduleWithFixedDelay(this::run, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            force.forceCommitted(force.failures());
        } catch (RuntimeException failure) {
            failed.accept(failure);
        }
    }

    /** Forces a last time. A force in progress is not interrupted, which would close the file it writes. */
    @Override
    public void close() {
        timer.shutdown();
        run();
    }
}
