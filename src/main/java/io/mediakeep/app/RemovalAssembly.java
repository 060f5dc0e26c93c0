package io.mediakeep.app;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.removal.Avatars;
import io.mediakeep.admin.removal.MediaRemoval;
import io.mediakeep.admin.removal.RemovalJob;
import io.mediakeep.admin.removal.RequestedRemovals;
import io.mediakeep.admin.removal.RetentionPolicy;
import io.mediakeep.admin.removal.RetentionSchedule;
import io.mediakeep.admin.search.UserMediaCatalog;
import io.mediakeep.api.admin.JobResource;
import io.mediakeep.api.admin.JobStart;
import io.mediakeep.api.admin.MediaListRemovalResource;
import io.mediakeep.api.admin.RemovalResource;
import io.mediakeep.api.admin.RetentionResource;
import io.mediakeep.api.synapse.Deletions;
import io.mediakeep.api.synapse.LegacyOldMediaResource;
import io.mediakeep.api.synapse.LocalUsers;
import io.mediakeep.api.synapse.MediaDeletionResource;
import io.mediakeep.api.synapse.OldMediaResource;
import io.mediakeep.api.synapse.UserMediaDeletionResource;
import io.mediakeep.config.Config;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobCounts;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.jobs.JobSchedule;
import io.mediakeep.jobs.Jobs;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.media.MediaRemovalCatalog;
import io.mediakeep.metrics.Metrics;
import io.mediakeep.persistence.Announcements;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Removals of media, and the jobs that do them. */
final class RemovalAssembly {
    /** The label of metrics of jobs. */
    private static final String KIND = "kind";

    private final Config config;
    private final JobCatalog jobCatalog;
    final Jobs jobs;
    final JobSchedule schedule;

    private final RemovalJob removalJob;
    private final RemovalJob retentionJob;
    private final RetentionPolicy retention;
    private final RetentionSchedule retentionSchedule;
    private final RequestedRemovals requested;

    /**
     * As configured.
     *
     * @param otherJobs the kinds of jobs of other areas
     * @param closer closes what runs
     */
    RemovalAssembly(
            Config config, StorageAssembly storage, JobLeaseCatalog leases, List<JobKind> otherJobs, Closer closer) {
        this.config = config;
        Announcements announcements = storage.database.announcements();
        MediaRemoval removal = new MediaRemoval(
                new MediaRemovalCatalog(storage.transactions, announcements, storage.blobCatalog),
                closer.register(new Avatars(config.auth().homeserverUrl())));
        this.jobCatalog = new JobCatalog(storage.transactions, storage.clock);
        this.retention = new RetentionPolicy(config.retention());
        this.removalJob = RemovalJob.ofSelection(removal, leases);
        this.retentionJob = RemovalJob.ofRetention(retention, storage.clock, removal, leases);
        List<JobKind> kinds = Stream.concat(Stream.of(removalJob, retentionJob), otherJobs.stream())
                .toList();
        this.jobs = closer.register(new Jobs(jobCatalog, leases, kinds, storage.clock));
        this.schedule = new JobSchedule(jobs, jobCatalog, storage.leases);
        this.retentionSchedule = new RetentionSchedule(retentionJob, schedule, storage.clock);
        this.requested = closer.register(new RequestedRemovals(removal, announcements));
    }

    /** Adds the periodic jobs. */
    void maintain(MaintenanceJobs maintenance) {
        maintenance.jobs(jobs);
        if (retention.shortest().isPresent()) {
            maintenance.retention(retentionSchedule);
        }
    }

    /** Registers the metrics of this area. */
    void measure(Metrics metrics) {
        JobCounts counts = jobs.counts();
        metrics.counters("mediakeep_jobs_done", "Jobs that are done", KIND, counts.done());
        metrics.counters("mediakeep_jobs_failed", "Jobs that failed", KIND, counts.failed());
        metrics.counters("mediakeep_job_items", "Items that ended jobs have finished", KIND, counts.items());
        metrics.counters("mediakeep_job_bytes", "Bytes of these items", KIND, counts.bytes());
        metrics.pool("removals", requested::pool);
    }

    /** Starts jobs on behalf of administrators. */
    JobStart start(Audit audit) {
        return new JobStart(jobs, audit);
    }

    /** Removes what administrators select. */
    JobKind removal() {
        return removalJob;
    }

    /** The resources, by class. */
    Map<Class<?>, Object> resources(Audit audit, UserMediaCatalog userMedia) {
        JobStart start = start(audit);
        Deletions deletions = new Deletions(requested, audit);
        OldMediaResource oldMedia = new OldMediaResource(deletions);
        return Map.of(
                JobResource.class, new JobResource(jobCatalog, audit),
                MediaListRemovalResource.class, new MediaListRemovalResource(requested, audit),
                RemovalResource.class, new RemovalResource(start, removalJob),
                RetentionResource.class, new RetentionResource(start, retentionJob),
                OldMediaResource.class, oldMedia,
                LegacyOldMediaResource.class, new LegacyOldMediaResource(oldMedia, config.serverName()),
                MediaDeletionResource.class, new MediaDeletionResource(deletions, config.serverName()),
                UserMediaDeletionResource.class,
                        new UserMediaDeletionResource(userMedia, new LocalUsers(config.serverName()), deletions));
    }
}
