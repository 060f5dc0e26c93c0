package io.mediakeep.jobs;

import io.mediakeep.persistence.shared.Leases;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Starts jobs when it is time, on whichever node notices first. */
public final class JobSchedule {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Jobs jobs;
    private final JobCatalog catalog;
    private final Leases leases;

    /** A schedule that starts these jobs. */
    public JobSchedule(Jobs jobs, JobCatalog catalog, Leases leases) {
        this.jobs = jobs;
        this.catalog = catalog;
        this.leases = leases;
    }

    /**
     * Starts a job if there was none of its kind, or the latest one has ended and may be followed by another.
     *
     * @param parameters as JSON
     * @param mayFollow whether a new job may follow this one, which has ended
     */
    public void startIfDue(JobKind kind, String parameters, Predicate<Job> mayFollow) throws IOException {
        leases.whileHolding(kind.name(), LEASE, () -> {
            if (catalog.latest(kind.name()).stream()
                    .allMatch(latest -> latest.state().isFinal() && mayFollow.test(latest))) {
                jobs.start(kind, parameters, Optional.empty());
            }
        });
    }
}
