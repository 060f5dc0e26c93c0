package io.mediakeep.admin.removal;

import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobSchedule;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Starts the retention, an hour after the last one has ended. */
public final class RetentionSchedule {
    private static final Duration PAUSE = Duration.ofHours(1);

    private final JobKind retention;
    private final JobSchedule schedule;
    private final Clock clock;

    /** @param clock the database's own */
    public RetentionSchedule(JobKind retention, JobSchedule schedule, Clock clock) {
        this.retention = retention;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Starts a job if it is time; to be called several times an hour. */
    public void startIfDue() throws IOException {
        schedule.startIfDue(
                retention, "{}", latest -> latest.updatedAt().plus(PAUSE).isBefore(clock.instant()));
    }
}
