package io.mediakeep.migrate;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobState;
import io.mediakeep.jobs.Jobs;
import io.mediakeep.persistence.shared.Leases;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Starts the import of the configured sources once, on whichever node notices first; and again some minutes after it
 * has failed.
 */
public final class ImportSchedule {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final ImportJob kind;
    private final Jobs jobs;
    private final JobCatalog catalog;
    private final Leases leases;
    private final Clock clock;

    /** @param clock the database's own */
    public ImportSchedule(ImportJob kind, Jobs jobs, JobCatalog catalog, Leases leases, Clock clock) {
        this.kind = kind;
        this.jobs = jobs;
        this.catalog = catalog;
        this.leases = leases;
        this.clock = clock;
    }

    /** Starts a job if it is time; to be called several times a minute. */
    public void startIfDue() throws IOException {
        leases.whileHolding("import", LEASE, () -> {
            if (catalog.latest(kind.name()).stream().allMatch(this::isOver)) {
                jobs.start(kind, kind.parameters().toString(), Optional.empty());
            }
        });
    }

    private boolean isOver(Job latest) {
        boolean failedAWhileAgo = latest.state() == JobState.FAILED
                && latest.updatedAt().plus(PAUSE).isBefore(clock.instant());
        boolean ended = !Set.of(JobState.WAITING, JobState.RUNNING).contains(latest.state());
        return failedAWhileAgo
                || (ended && !latest.parameters().equals(kind.parameters().toString()));
    }
}
