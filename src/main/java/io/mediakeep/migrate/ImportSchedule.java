package io.mediakeep.migrate;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobSchedule;
import io.mediakeep.jobs.JobState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Starts the import of the configured sources once; and again some minutes after it has failed. */
public final class ImportSchedule {
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final ImportJob kind;
    private final JobSchedule schedule;
    private final Clock clock;

    /** @param clock the database's own */
    public ImportSchedule(ImportJob kind, JobSchedule schedule, Clock clock) {
        this.kind = kind;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Starts a job if it is time; to be called several times a minute. */
    public void startIfDue() throws IOException {
        schedule.startIfDue(kind, kind.parameters().toString(), this::mayBeFollowed);
    }

    private boolean mayBeFollowed(Job ended) {
        boolean failedAWhileAgo = ended.state() == JobState.FAILED
                && ended.updatedAt().plus(PAUSE).isBefore(clock.instant());
        return failedAWhileAgo || !ended.parameters().equals(kind.parameters().toString());
    }
}
