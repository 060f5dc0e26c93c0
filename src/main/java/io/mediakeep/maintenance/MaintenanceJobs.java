package io.mediakeep.maintenance;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.removal.RetentionSchedule;
import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.integrity.Scrub;
import io.mediakeep.jobs.Jobs;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.media.download.PendingUploads;
import io.mediakeep.media.upload.OrphanCleanup;
import io.mediakeep.media.upload.Reservations;
import io.mediakeep.migrate.ImportSchedule;
import io.mediakeep.preview.Previews;
import java.time.Duration;

/** The periodic jobs of the server and their periods, area by area: every timer is one of these lines. */
public final class MaintenanceJobs {
    /** The jobs whose results are reported as health. */
    public static final String SPACE_JOB = "measure free space",
            CLOCK_JOB = "measure the clock of the database",
            STORE_JOB = "check the blob store";

    private static final Duration SPACE_PERIOD = Duration.ofSeconds(1);

    /** Bounds the time until an unresponsive database is detected. */
    private static final Duration CLOCK_PERIOD = Duration.ofSeconds(5);

    private static final Duration STORE_PERIOD = Duration.ofSeconds(5);
    private static final Duration ABANDONED_UPLOADS_PERIOD = Duration.ofHours(1);

    /** Bounds the time for which deleted media stays on the disks of other nodes. */
    private static final Duration CACHE_PERIOD = Duration.ofMinutes(10);

    private static final Duration PROGRESS_PERIOD = Duration.ofSeconds(5);

    /** Bounds the wait for an upload whose announcement was missed. */
    private static final Duration PENDING_PERIOD = Duration.ofSeconds(5);

    /** A quarter of the lease of an upload lock. */
    private static final Duration LOCK_PERIOD = Duration.ofSeconds(30);

    private static final Duration ACCESS_PERIOD = Duration.ofMinutes(1);
    private static final Duration CLEANUP_PERIOD = Duration.ofMinutes(1);

    /** Bounds the time until a job of another node, or of one that has died, is begun. */
    private static final Duration JOBS_PERIOD = Duration.ofSeconds(5);

    /** A third of the lease of a job. */
    private static final Duration JOB_LEASE_PERIOD = Duration.ofSeconds(10);

    private static final Duration FINISHED_JOBS_PERIOD = Duration.ofHours(1);
    private static final Duration RETENTION_PERIOD = Duration.ofMinutes(10);

    private static final Duration IMPORT_PERIOD = Duration.ofSeconds(5);

    private static final Duration AUDIT_PERIOD = Duration.ofHours(1);

    private final Schedule schedule;

    /** Jobs that this schedule runs. */
    public MaintenanceJobs(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Measures free space and the database's clock, and checks the blob store. */
    public void storage(Schedule.Work measureSpace, Schedule.Work measureClock, VerifiedStore store) {
        schedule.every(SPACE_PERIOD, SPACE_JOB, measureSpace);
        schedule.every(CLOCK_PERIOD, CLOCK_JOB, measureClock);
        schedule.every(STORE_PERIOD, STORE_JOB, store::check);
    }

    /** Removes the parts of uploads to the blob store that were never completed. */
    public void abandonedUploads(Schedule.Work remove) {
        schedule.every(ABANDONED_UPLOADS_PERIOD, "remove abandoned uploads to the blob store", remove);
    }

    /** Removes blobs from this node's cache that were deleted by other nodes. */
    public void blobCache(Schedule.Work removeDeleted) {
        schedule.every(CACHE_PERIOD, "remove deleted blobs from the cache", removeDeleted);
    }

    /** Records the progress of an embedded database. */
    public void databaseProgress(Schedule.Work record) {
        schedule.every(PROGRESS_PERIOD, "record the progress of the database", record);
    }

    /** Verifies stored blobs. */
    public void scrub(Scrub scrub) {
        schedule.every(scrub.pause(), "verify stored blobs", scrub::run);
    }

    /** Checks awaited uploads, renews upload locks, and removes what uploads leave unused. */
    public void uploads(PendingUploads pending, Reservations reservations, OrphanCleanup cleanup) {
        schedule.every(PENDING_PERIOD, "check awaited uploads", pending::checkAll);
        schedule.every(LOCK_PERIOD, "renew the locks of running uploads", reservations::renew);
        schedule.every(CLEANUP_PERIOD, "remove orphans of uploads", cleanup::remove);
    }

    /** Writes times of last access. */
    public void accesses(String name, LastAccesses<?> accesses) {
        schedule.every(ACCESS_PERIOD, name, accesses::write);
    }

    /** Runs jobs that wait, renews the lease of the running one, and removes those that ended long ago. */
    public void jobs(Jobs jobs) {
        schedule.every(JOBS_PERIOD, "run waiting jobs", jobs::runWaiting);
        schedule.every(JOB_LEASE_PERIOD, "renew the lease of the running job", jobs::renew);
        schedule.every(FINISHED_JOBS_PERIOD, "remove old jobs", jobs::removeFinished);
    }

    /** Starts the removal of media that is not retained. */
    public void retention(RetentionSchedule retention) {
        schedule.every(RETENTION_PERIOD, "start the retention", retention::startIfDue);
    }

    /** Starts the import of the configured sources. */
    public void imports(ImportSchedule imports) {
        schedule.every(IMPORT_PERIOD, "start the import", imports::startIfDue);
    }

    /** Removes old entries of the audit table. */
    public void audit(Audit audit) {
        schedule.every(AUDIT_PERIOD, "remove old audit entries", audit::removeOld);
    }

    /** Removes expired previews. */
    public void previews(Previews previews) {
        schedule.every(CLEANUP_PERIOD, "remove expired previews", previews::removeExpired);
    }
}
