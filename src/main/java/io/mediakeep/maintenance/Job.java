package io.mediakeep.maintenance;

import io.mediakeep.maintenance.Schedule.Work;
import io.mediakeep.storage.StorageFailure;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Periodic work that continues after failures. The first failure and the recovery are logged. */
final class Job implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Job.class);

    private final String name;
    private final Work work;
    private volatile int failures;
    private volatile boolean closed;
    private volatile long succeededAt = System.nanoTime();

    Job(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    JobState state() {
        return new JobState(name, failures, Duration.ofNanos(System.nanoTime() - succeededAt));
    }

    /** From now on failures are not reported: what the job uses is being closed. */
    void close() {
        closed = true;
    }

    /** Catches errors too: otherwise the scheduled executor would silently never run it again. */
    @Override
    public void run() {
        try {
            work.run();
            succeeded();
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    private void succeeded() {
        succeededAt = System.nanoTime();
        if (failures > 0) {
            log.info("Maintenance works again after {} failures: {}", failures, name);
            failures = 0;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // runs of one job do not overlap
    private void failed(Throwable failure) {
        failures++;
        if (failures == 1 && !closed) {
            report(failure);
        } else {
            log.debug("Maintenance failed: {}", name, failure);
        }
    }

    /** That the database is unavailable is logged elsewhere. */
    private void report(Throwable failure) {
        Optional<StorageFailure> known = StorageFailure.of(failure);
        if (known.isEmpty()) {
            log.warn("Maintenance failed and will be retried: {}", name, failure);
        } else if (known.get() != StorageFailure.DATABASE_UNAVAILABLE) {
            log.warn("Maintenance failed and will be retried: {}: {}", name, StorageFailure.reason(failure));
        }
    }
}
