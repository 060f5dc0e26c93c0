package io.mediakeep.maintenance;

import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.integrity.Scrub;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.media.download.PendingUploads;
import io.mediakeep.media.remote.Retention;
import io.mediakeep.media.upload.OrphanCleanup;
import io.mediakeep.media.upload.Reservations;
import io.mediakeep.preview.Previews;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Says when the housekeeping runs: every timer of the server is one of these lines. */
public final class MaintenanceJobs {
    /** The jobs that find out whether the server is healthy. */
    public static final String SPACE_JOB = "read how much room is free",
            CLOCK_JOB = "measure the clock of the database",
            STORE_JOB = "check the blob store";

    /** The safety net for readers who wait for an upload that nobody announced. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** A quarter of what a claim holds without renewal. */
    private static final Duration RENEW_CLAIMS = Duration.ofSeconds(30);

    /** So soon it is noticed that a disk fills up, or that there is room again. */
    private static final Duration MEASURE_SPACE = Duration.ofSeconds(1);

    /** So often, too, it is noticed that the database does not respond. */
    private static final Duration MEASURE_CLOCK = Duration.ofSeconds(5);

    private static final Duration WRITE_ACCESSES = Duration.ofMinutes(1);
    private static final Duration REMOVE_LEFTOVERS = Duration.ofMinutes(1);
    private static final Duration ENFORCE_RETENTION = Duration.ofMinutes(10);

    private static final Duration CHECK_STORE = Duration.ofSeconds(5);
    private static final Duration NOTE_PROGRESS = Duration.ofSeconds(5);

    private MaintenanceJobs() {}

    /** Sets the timers. */
    public static void begin(
            Schedule schedule,
            Schedule.Work measureSpace,
            Schedule.Work measureClock,
            PendingUploads pending,
            Reservations reservations,
            List<LastAccesses<?>> accesses,
            OrphanCleanup leftovers,
            Retention retention,
            Previews previews) {
        schedule.every(MEASURE_SPACE, SPACE_JOB, measureSpace);
        schedule.every(MEASURE_CLOCK, CLOCK_JOB, measureClock);
        schedule.every(LOOK_AGAIN, "look again for awaited uploads", pending::lookAgain);
        schedule.every(RENEW_CLAIMS, "renew the claims of running uploads", reservations::renew);
        schedule.every(WRITE_ACCESSES, "write the times of last access", () -> accesses.forEach(LastAccesses::write));
        schedule.every(REMOVE_LEFTOVERS, "remove leftovers", leftovers::remove);
        schedule.every(REMOVE_LEFTOVERS, "remove expired previews", previews::removeExpired);
        schedule.every(ENFORCE_RETENTION, "remove what nobody asks for any more", retention::enforce);
    }

    /** Sets the timers that watch over what is stored. */
    public static void watch(
            Schedule schedule, Optional<Schedule.Work> noteProgress, VerifiedStore store, Optional<Scrub> scrub) {
        noteProgress.ifPresent(note -> schedule.every(NOTE_PROGRESS, "note how far the database has come", note));
        schedule.every(CHECK_STORE, STORE_JOB, store::check);
        scrub.ifPresent(verifying -> schedule.every(verifying.pause(), "verify stored bytes", verifying::run));
    }
}
