package io.mediakeep.app;

import io.mediakeep.admin.removal.RetentionPolicy;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.config.Config;
import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.limits.FetchLimits;
import io.mediakeep.limits.UploadQuotas;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.MediaIds;
import io.mediakeep.media.PendingCatalog;
import io.mediakeep.media.download.AccessRecorder;
import io.mediakeep.media.download.Downloads;
import io.mediakeep.media.download.ImportedMedia;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.media.download.MediaLookups;
import io.mediakeep.media.download.PendingUploads;
import io.mediakeep.media.download.PromptAccesses;
import io.mediakeep.media.remote.FetchExecutor;
import io.mediakeep.media.remote.RemoteCache;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.media.upload.OrphanCleanup;
import io.mediakeep.media.upload.Reservations;
import io.mediakeep.media.upload.UploadRules;
import io.mediakeep.media.upload.Uploads;
import io.mediakeep.media.usage.UsageCatalog;
import io.mediakeep.metrics.Metrics;
import io.mediakeep.persistence.Announcements;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.random.RandomGenerator;

/** Uploads, downloads, and copies of remote media. */
final class MediaAssembly {
    /** How many responses to waiting requests may be started at once, where threads are not virtual. */
    private static final int MAX_READERS = 32;

    final Uploads uploads;
    final ExpiringMedia expiring;
    final Downloads downloads;
    final ExecutorService readers;

    private final Config config;
    private final OrphanCleanup cleanup;
    private final Reservations reservations;
    private final PendingUploads pending;
    private final LastAccesses<Mxc> accesses;
    private final FetchExecutor fetches;
    private final RemoteCache remote;

    /**
     * As configured.
     *
     * @param origins the media of other servers
     * @param imported what is looked up where the catalog has nothing
     * @param random cryptographic
     * @param ages observes the ages of accessed media in seconds
     * @param waiting closes what completes waiting requests, at the beginning of a stop
     * @param closer closes the rest
     */
    MediaAssembly(
            Config config,
            StorageAssembly storage,
            RemoteMedia origins,
            ImportedMedia imported,
            RandomGenerator random,
            DoubleConsumer ages,
            Closer waiting,
            Closer closer) {
        this.config = config;
        Announcements announcements = storage.database.announcements();
        UploadQuotas quotas = new UploadQuotas(config.quota());
        UsageCatalog usage = new UsageCatalog(storage.transactions, storage.clock, quotas);
        MediaCatalog catalog = new MediaCatalog(storage.transactions, announcements, storage.blobCatalog, usage);
        MediaIds ids = new MediaIds(config.serverName(), random);

        PendingCatalog pendingCatalog = new PendingCatalog(storage.transactions, storage.clock, config.uploads());
        this.reservations = new Reservations(ids, pendingCatalog);
        this.cleanup = new OrphanCleanup(storage.spools, pendingCatalog, usage, storage.blobs, storage.leases);
        UploadRules rules = new UploadRules(config.uploads(), quotas, usage);
        this.uploads = new Uploads(
                rules, config.frozen(), ids, reservations, storage.spools, storage.blobs, catalog, storage.clock);
        this.expiring = new ExpiringMedia(config.frozen(), ids, storage.spools, storage.blobs, catalog, storage.clock);

        this.readers = Workers.named("readers", MAX_READERS);
        closer.register(readers::shutdownNow);
        MediaLookups lookups = new MediaLookups(storage.transactions, announcements, storage.clock);
        this.pending = waiting.register(new PendingUploads(lookups, announcements, readers));
        this.accesses = new LastAccesses<>(catalog::accessed, storage.clock, promptAccesses(catalog, storage.clock));
        closer.register(accesses::write);
        this.fetches = closer.register(new FetchExecutor(new FetchLimits(config.fetches())));
        this.remote = closer.register(new RemoteCache(
                origins, fetches, config.frozen(), storage.spools, storage.blobs, catalog, storage.clock));
        this.downloads = new Downloads(
                config.serverName(),
                config.frozen(),
                lookups,
                pending,
                remote,
                imported,
                new AccessRecorder(accesses, ages, storage.clock),
                storage.blobs.reader(),
                readers);
    }

    /** Accesses are written at once if something is removed by them. */
    private Consumer<Mxc> promptAccesses(MediaCatalog catalog, Clock clock) {
        return new RetentionPolicy(config.retention())
                .shortest()
                .<Consumer<Mxc>>map(age -> new PromptAccesses(catalog, clock, age)::record)
                .orElse(mxc -> {});
    }

    /** Adds the periodic jobs. */
    void maintain(MaintenanceJobs jobs) {
        jobs.uploads(pending, reservations, cleanup);
        jobs.accesses("write the times of last access of media", accesses);
    }

    /** Registers the metrics. */
    void measure(Metrics metrics) {
        metrics.counter("mediakeep_uploads", "Stored uploads", uploads::stored);
        metrics.counters("mediakeep_orphans_removed", "What maintenance has removed", "kind", cleanup.removed());
        metrics.counters("mediakeep_remote_fetches", "Fetches from other homeservers", "outcome", remote.outcomes());
        metrics.counter("mediakeep_remote_fetched_bytes", "Bytes of fetched content", remote::fetchedBytes);
        metrics.gauge("mediakeep_remote_running_fetches", "Running and queued fetches", remote::running);
        metrics.pool("fetches", fetches::mediaState);
        metrics.pool("origin_thumbnails", fetches::thumbnailState);
    }
}
