package io.mediakeep.health;

import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.integrity.Scrub;
import io.mediakeep.integrity.ScrubState;
import io.mediakeep.maintenance.JobState;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.maintenance.Schedule;
import io.mediakeep.persistence.Database;
import io.mediakeep.storage.FreeSpace;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The parts of the server whose health is reported. The age of a state is that of its last check by a job. */
public final class HealthChecks {
    private HealthChecks() {}

    /** The database and the announcements of other nodes, both of which are required. */
    public static List<HealthCheck> of(Database database, Schedule schedule) {
        return List.of(
                new HealthCheck(
                        "database",
                        true,
                        () -> HealthState.periodic(
                                database.state().available(),
                                schedule.state(MaintenanceJobs.CLOCK_JOB).sinceSuccess(),
                                "It responds",
                                "It does not respond; it is reopened as soon as possible")),
                new HealthCheck(
                        "announcements",
                        true,
                        () -> HealthState.periodic(
                                database.announcements().connected(),
                                Duration.ZERO,
                                "Changes made by other nodes are received",
                                "Changes made by other nodes are not received")));
    }

    /** The blob store, which is required, and the free space, without which only uploads are rejected. */
    public static List<HealthCheck> of(VerifiedStore store, FreeSpace space, Schedule schedule) {
        return List.of(
                new HealthCheck(
                        "blob_store",
                        true,
                        () -> HealthState.periodic(
                                store.state().available(),
                                schedule.state(MaintenanceJobs.STORE_JOB).sinceSuccess(),
                                "It is available",
                                "It is not available; the log says why")),
                new HealthCheck(
                        "disk_space",
                        false,
                        () -> HealthState.periodic(
                                !space.isLow(),
                                schedule.state(MaintenanceJobs.SPACE_JOB).sinceSuccess(),
                                "There is enough",
                                "There is too little for uploads")));
    }

    /** The periodic jobs: the one that ran last says how old the state is. */
    public static HealthCheck of(Schedule schedule) {
        return new HealthCheck("maintenance", false, () -> {
            List<JobState> jobs = schedule.states();
            Duration age = jobs.stream()
                    .map(JobState::sinceSuccess)
                    .min(Duration::compareTo)
                    .orElse(Duration.ZERO);
            boolean ok = jobs.stream().noneMatch(JobState::failing);
            return HealthState.periodic(ok, age, "All jobs succeeded", "A job fails; the log says why");
        });
    }

    /**
     * The scrub, whose state is as old as its last pass that ended.
     *
     * @param clock by which the scrub writes when that was
     */
    public static HealthCheck of(Scrub scrub, Clock clock) {
        return new HealthCheck("scrub", false, () -> {
            Optional<ScrubState> state = scrub.state();
            boolean ok = state.map(ScrubState::damaged).orElse(0L) == 0;
            Duration age = state.flatMap(ScrubState::lastEndedAt)
                    .map(ended -> Duration.between(ended, clock.instant()))
                    .orElse(Duration.ZERO);
            return new HealthState(
                    ok, age, ok ? "No damage was found" : "Stored files are damaged; the log names them");
        });
    }
}
