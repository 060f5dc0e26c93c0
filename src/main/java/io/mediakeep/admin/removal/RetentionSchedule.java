package io.mediakeep.admin.removal;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobState;
import io.mediakeep.jobs.Jobs;
import io.mediakeep.persistence.shared.Leases;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Starts the retention, an hour after the last one has ended, on whichever node notices first. */
public final class RetentionSchedule {
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final JobKind retention;
    private final Jobs jobs;
    private final JobCatalog catalog;
    private final Leases leases;
    private final Clock clock;

    /** @param clock the database's own */
    public RetentionSchedule(JobKind retention, Jobs jobs, JobCatalog catalog, Leases leases, Clock clock) {
        this.retention = retention;
        this.jobs = jobs;
        this.catalog = catalog;
        this.leases = leases;
        this.clock = clock;
    }

    /** Starts a job if it is time; to be called several times an hour. */
    public void startIfDue() throws IOException {
        leases.whileHolding("retention", LEASE, () -> {
            if (catalog.latest(retention.name()).stream().allMatch(this::isOver)) {
                jobs.start(retention, "{}", Optional.empty());
            }
        });
    }

    private boolean isOver(Job latest) {
        boolean ended = !Set.of(JobState.WAITING, JobState.RUNNING).contains(latest.state());
        return ended && latest.updatedAt().plus(PAUSE).isBefore(clock.instant());
    }
}
