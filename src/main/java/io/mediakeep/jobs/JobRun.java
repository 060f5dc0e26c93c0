package io.mediakeep.jobs;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.storage.StorageFailure;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one job at a time, batch by batch, until it ends or is lost, or this node stops. */
final class JobRun {
    private static final Logger log = LoggerFactory.getLogger(JobRun.class);

    private final JobLeaseCatalog leases;
    private final JobCounts counts;
    private volatile Optional<Long> current = Optional.empty();
    private volatile boolean stopping;

    JobRun(JobLeaseCatalog leases, JobCounts counts) {
        this.leases = leases;
        this.counts = counts;
    }

    /** The id of the running job. */
    Optional<Long> current() {
        return current;
    }

    /** Ends after the current batch. */
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /**
     * Runs a job that this node has acquired. Any failure fails the job, except that of the database: then it is continued
     * later.
     */
    void run(Job job, JobKind kind) {
        current = Optional.of(job.id());
        try {
            runToEnd(job, kind);
        } catch (JobLostException lost) {
            log.info("Stopped {} {}: it was cancelled, or another node runs it", job.kind(), job.id());
        } catch (IOException | RuntimeException failure) {
            failed(job, failure);
        } finally {
            current = Optional.empty();
        }
    }

    private void runToEnd(Job job, JobKind kind) throws IOException {
        if (job.total().isEmpty() && job.position().isEmpty()) {
            kind.total(job).ifPresent(total -> leases.setTotal(job.id(), total));
        }
        boolean more = true;
        while (more && !stopping) {
            more = kind.step(leases.held(job.id()).orElseThrow(() -> new JobLostException(job.id())));
        }
        if (more) {
            leases.release(job.id());
        } else {
            report(leases.end(job.id(), JobState.DONE, null));
        }
    }

    private void failed(Job job, Exception failure) {
        Optional<StorageFailure> storage = StorageFailure.of(failure);
        if (storage.equals(Optional.of(StorageFailure.DATABASE_UNAVAILABLE))) {
            log.info("{} {} continues when the database is available again", job.kind(), job.id());
            return;
        }
        if (storage.isEmpty() && !(failure instanceof MatrixException)) {
            log.error("{} {} failed", job.kind(), job.id(), failure);
        }
        String reason = storage.map(StorageFailure::toException)
                .or(() -> MatrixException.in(failure))
                .map(MatrixException::sentence)
                .orElse("An unexpected error; see the log");
        report(leases.end(job.id(), JobState.FAILED, JobError.truncated(reason, JobError.MAX_REASON)));
    }

    private void report(Job job) {
        counts.count(job);
        log.info(
                "{} {} is {}: {} items, {} bytes, {} errors{}",
                job.kind(),
                job.id(),
                job.state().text(),
                job.done(),
                job.bytes(),
                job.errors(),
                job.failure().map(reason -> ": " + reason).orElse(""));
    }
}
