package io.mediakeep.persistence;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Forces now and then what is committed but awaited by nobody. */
final class PeriodicForce implements AutoCloseable {
    private final GroupForce force;
    private final Consumer<RuntimeException> failed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "database-force");
        thread.setDaemon(true);
        return thread;
    });

    /** @param failed hears of each force that fails */
    PeriodicForce(GroupForce force, Consumer<RuntimeException> failed) {
        this.force = force;
        this.failed = failed;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the timer
    void begin(Duration period) {
        timer.scheduleWithFixedDelay(this::run, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            force.whatIsCommitted(force.failures());
        } catch (RuntimeException failure) {
            failed.accept(failure);
        }
    }

    /** Forces for the last time. A force that is running is not interrupted, which would close the file it writes. */
    @Override
    public void close() {
        timer.shutdown();
        run();
    }
}
