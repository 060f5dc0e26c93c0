package io.mediakeep.persistence;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forces now and then what is committed but awaited by nobody. */
final class PeriodicForce implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PeriodicForce.class);

    private final GroupForce force;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "database-force");
        thread.setDaemon(true);
        return thread;
    });

    /** Whether the last force failed, which is logged once. */
    private volatile boolean failing;

    PeriodicForce(GroupForce force) {
        this.force = force;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the timer
    void begin(Duration period) {
        timer.scheduleWithFixedDelay(this::run, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            force.whatIsCommitted(force.failures());
            if (failing) {
                log.info("The database's file can be forced to disk again");
            }
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                log.warn("The database's file could not be forced to disk: {}", cause.toString());
            }
            failing = true;
        }
    }

    /** Forces for the last time. A force that is running is not interrupted, which would close the file it writes. */
    @Override
    public void close() {
        timer.shutdown();
        run();
    }
}
