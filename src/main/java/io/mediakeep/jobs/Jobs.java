package io.mediakeep.jobs;

import io.mediakeep.concurrent.DaemonThreads;
import io.mediakeep.matrix.UserId;
import io.mediakeep.persistence.Batches;
import io.mediakeep.storage.StorageFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts jobs, and runs them on this node: one at a time, the oldest first, also those that a dead node has begun. */
public final class Jobs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);

    /** How long finished jobs are listed. */
    static final Duration LISTED = Duration.ofDays(30);

    /** How long closing waits for the batch that is running. */
    private static final Duration MAX_STOP_WAIT = Duration.ofSeconds(5);

    private static final int BATCH = 100;

    private final JobCatalog catalog;
    private final JobLeaseCatalog leases;
    private final Map<String, JobKind> kinds;
    private final Clock clock;
    private final JobCounts counts;
    private final JobRun run;
    private final AtomicBoolean awaited = new AtomicBoolean();
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DaemonThreads("jobs"));

    /** @param clock the database's own */
    public Jobs(JobCatalog catalog, JobLeaseCatalog leases, List<? extends JobKind> kinds, Clock clock) {
        this.catalog = catalog;
        this.leases = leases;
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(JobKind::name, Function.identity()));
        this.clock = clock;
        this.counts = new JobCounts(this.kinds.keySet());
        this.run = new JobRun(leases, counts);
    }

    /**
     * Starts a job: durable on return, and run by this node unless it runs another, else by the next free one.
     *
     * @param parameters a JSON object of at most 10,000 characters
     * @param administrator absent for the server's own jobs
     * @throws io.mediakeep.matrix.MatrixException 429 when too many jobs are unfinished
     */
    public Job start(JobKind kind, String parameters, Optional<UserId> administrator) {
        Job job = catalog.add(kind.name(), parameters, administrator);
        runWaiting();
        return job;
    }

    /** The latest job of a kind, if it has not ended. */
    public Optional<Job> unfinished(JobKind kind) {
        return catalog.latest(kind.name()).filter(job -> !job.state().isFinal());
    }

    /** Runs waiting jobs and those of dead nodes in the background; to be called periodically. */
    public void runWaiting() {
        if (!awaited.getAndSet(true) && !thread.isShutdown()) {
            thread.execute(this::runAll);
        }
    }

    private void runAll() {
        awaited.set(false);
        try {
            for (Optional<Job> next = acquire(); next.isPresent(); next = acquire()) {
                next.filter(job -> job.state() == JobState.RUNNING)
                        .ifPresent(job -> run.run(job, Objects.requireNonNull(kinds.get(job.kind()))));
            }
        } catch (RuntimeException failure) {
            if (StorageFailure.of(failure).isEmpty()) {
                log.warn("Waiting jobs could not be run; they are tried again", failure);
            }
        }
    }

    private Optional<Job> acquire() {
        return thread.isShutdown() ? Optional.empty() : leases.acquire(kinds.keySet());
    }

    /** Renews the lease of the running job; to be called several times in {@link JobLeaseCatalog#LEASE}. */
    public void renew() {
        run.current().ifPresent(leases::renew);
    }

    /** Removes jobs that have been finished for 30 days. */
    public void removeFinished() {
        Batches.run(BATCH, max -> catalog.removeFinished(clock.instant().minus(LISTED), max));
    }

    /** The jobs that have ended on this node. */
    public JobCounts counts() {
        return counts;
    }

    /** Whether the running batch is the last one on this node. */
    boolean isStopping() {
        return run.isStopping();
    }

    /** Stops after the batch that is running; any node continues the job. */
    @Override
    public void close() {
        thread.shutdown();
        run.stop();
        try {
            if (!thread.awaitTermination(MAX_STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("The batch of a job does not end; it is repeated after the next start");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
