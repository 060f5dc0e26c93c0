package io.mediakeep.app;

import io.mediakeep.api.ThumbnailParameters;
import io.mediakeep.api.WaitLimit;
import io.mediakeep.api.client.ContentResponses;
import io.mediakeep.api.client.DownloadResponses;
import io.mediakeep.api.client.ThumbnailResponses;
import io.mediakeep.api.federation.FederationDownloadResource;
import io.mediakeep.api.federation.FederationResponses;
import io.mediakeep.api.federation.FederationThumbnailResource;
import io.mediakeep.api.filter.FilterBinding;
import io.mediakeep.auth.AccessTokens;
import io.mediakeep.auth.AdminToken;
import io.mediakeep.auth.AuthSettings;
import io.mediakeep.auth.SignedRequests;
import io.mediakeep.blob.BlobSettings;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.blob.database.DatabaseBlobStore;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.config.Config;
import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.health.Health;
import io.mediakeep.health.HealthChecks;
import io.mediakeep.integrity.Scrub;
import io.mediakeep.integrity.ScrubCatalog;
import io.mediakeep.integrity.StorePairing;
import io.mediakeep.integrity.StorePairing.Places;
import io.mediakeep.limits.FetchLimits;
import io.mediakeep.limits.RateLimits;
import io.mediakeep.limits.UploadQuota;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.maintenance.Schedule;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.MediaIds;
import io.mediakeep.media.PendingCatalog;
import io.mediakeep.media.RemoteMediaCatalog;
import io.mediakeep.media.UsageCatalog;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.BlobReferenceCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.RemovalCatalog;
import io.mediakeep.media.download.Downloads;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.media.download.MediaLookups;
import io.mediakeep.media.download.PendingUploads;
import io.mediakeep.media.remote.FetchExecutor;
import io.mediakeep.media.remote.RemoteCache;
import io.mediakeep.media.remote.Retention;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.media.upload.OrphanCleanup;
import io.mediakeep.media.upload.Reservations;
import io.mediakeep.media.upload.UploadRules;
import io.mediakeep.media.upload.Uploads;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Ballast;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseProgress;
import io.mediakeep.persistence.Leases;
import io.mediakeep.persistence.StoreIdentities;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.preview.PreviewCatalog;
import io.mediakeep.preview.Previews;
import io.mediakeep.storage.FreeSpace;
import io.mediakeep.thumbnail.KeptThumbnails;
import io.mediakeep.thumbnail.Painter;
import io.mediakeep.thumbnail.ThumbnailCatalog;
import io.mediakeep.thumbnail.ThumbnailLookups;
import io.mediakeep.thumbnail.ThumbnailSizes;
import io.mediakeep.thumbnail.Thumbnails;
import io.mediakeep.thumbnail.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server, put together top to bottom. Closer it closes everything in the opposite order. */
final class Assembly implements AutoCloseable, ShutdownListener {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);

    /** How many answers to requests that waited may be begun at once, where threads are not virtual; none waits for its client. */
    private static final int MOST_WOKEN_READERS = 32;

    private final Config config;
    private final SecureRandom random = new SecureRandom();
    private final Health health = new Health();
    private final Closer closing = new Closer();
    private final Closer waiting = new Closer();
    private final MediakeepApplication application;

    private Assembly(Config config) throws IOException {
        this.config = config;
        try {
            DataDirectory.prepare(config);
            this.application = application();
        } catch (IOException | RuntimeException failure) {
            closing.close();
            throw failure;
        }
    }

    /**
     * Puts the server together as configured.
     *
     * @throws IOException when a folder cannot be used
     */
    static Assembly of(Config config) throws IOException {
        return new Assembly(config);
    }

    private MediakeepApplication application() throws IOException {
        Optional<Ballast> ballast = config.database().file().map(file -> new Ballast(file, config.storage()));
        ballast.ifPresent(Ballast::adjust); // a full disk has room for a start then
        Database database = closing.later(Database.open(config.database()));
        Transactions transactions = database.transactions();
        Announcements announcements = database.announcements();
        Clock clock = database.clock();
        BlobIntegrityCatalog soundness = new BlobIntegrityCatalog(transactions, announcements, clock);
        Optional<Schedule.Work> noteProgress = progress(transactions, soundness);
        VerifiedStore store = store(transactions, soundness);
        FreeSpace space = freeSpace();
        SpoolDirectory spools = closing.later(SpoolDirectory.open(spoolRoot(), space));

        BlobReferenceCatalog pointers = new BlobReferenceCatalog(ThumbnailCatalog.ROWS);
        BlobCatalog blobCatalog = new BlobCatalog(transactions, pointers, clock);
        Blobs blobs = new Blobs(store, blobCatalog, new RemovalCatalog(transactions, pointers, clock), soundness);
        UploadQuota quota = new UploadQuota(config.quota());
        UsageCatalog usage = new UsageCatalog(transactions);
        MediaCatalog media = new MediaCatalog(transactions, announcements, blobCatalog, quota);
        PendingCatalog pendingCatalog = new PendingCatalog(transactions, clock, config.uploads());
        MediaIds ids = new MediaIds(config.serverName(), random);
        Reservations reservations = new Reservations(ids, pendingCatalog);
        UploadRules rules = new UploadRules(config.uploads(), quota, usage);
        Uploads uploads = new Uploads(rules, config.frozen(), ids, reservations, spools, blobs, media, clock);

        ExecutorService readers = Workers.named("readers", MOST_WOKEN_READERS);
        closing.later(readers::shutdownNow);
        MediaLookups lookups = new MediaLookups(transactions, announcements, clock);
        PendingUploads pending = waiting.later(new PendingUploads(lookups, announcements, readers));
        LastAccesses<Mxc> accesses = new LastAccesses<>(media::accessed, clock);
        closing.later(accesses::write);
        FederationAssembly others = new FederationAssembly(config, closing, random, clock);
        RemoteCache remote = closing.later(remoteCache(others.media(), spools, blobs, media, clock));
        Downloads downloads = new Downloads(
                config.serverName(), config.frozen(), lookups, pending, remote, accesses, blobs.reader(), readers);

        ThumbnailCatalog drawn = new ThumbnailCatalog(
                transactions, announcements, blobCatalog, config.thumbnails().maxVariants(), clock);
        LastAccesses<Variant> uses = new LastAccesses<>(drawn::used, clock);
        closing.later(uses::write);
        KeptThumbnails kept =
                new KeptThumbnails(drawn, new ThumbnailLookups(drawn, announcements), uses, spools, blobs);
        Painter painter = closing.later(new Painter(config.thumbnails()));
        Thumbnails thumbnails = new Thumbnails(downloads, kept, painter, readers);
        ExpiringMedia borrowed = new ExpiringMedia(config.frozen(), ids, spools, blobs, media, clock);
        Previews previews = closing.later(
                new Previews(config.previews(), others.client(), new PreviewCatalog(transactions), borrowed, clock));

        Leases leases = new Leases(transactions, clock);
        OrphanCleanup leftovers = new OrphanCleanup(spools, pendingCatalog, blobs, leases);
        RemoteMediaCatalog remoteMedia = new RemoteMediaCatalog(transactions, announcements, blobCatalog);
        Retention retention = new Retention(config.retention(), remoteMedia, leases, clock);
        Schedule schedule = closing.later(new Schedule());
        MaintenanceJobs.begin(
                schedule,
                () -> {
                    ballast.ifPresent(Ballast::adjust);
                    space.measure();
                },
                database.clock()::measure,
                pending,
                reservations,
                List.of(accesses, uses),
                leftovers,
                retention,
                previews);
        Duration period = config.integrity().scrubPeriod();
        ScrubCatalog scrubs = new ScrubCatalog(transactions, clock);
        Scrub scrub = new Scrub(period, blobs, soundness, scrubs, leases, clock);
        MaintenanceJobs.watch(schedule, noteProgress, store, period.isZero() ? Optional.empty() : Optional.of(scrub));

        HealthChecks.of(database, schedule).forEach(health::add);
        HealthChecks.of(store, space, schedule).forEach(health::add);
        health.add(HealthChecks.of(schedule));
        health.add(HealthChecks.of(scrub, clock));

        AccessTokens tokens = closing.later(new AccessTokens(authSettings(), config.serverName()));
        SignedRequests signatures = new SignedRequests(config.serverName(), others.keys());
        WaitLimit patience = new WaitLimit(config.downloads());
        ContentResponses answers = new ContentResponses(patience);
        FederationResponses toServers = new FederationResponses(config.serverName(), patience, random);
        ThumbnailParameters wish =
                new ThumbnailParameters(new ThumbnailSizes(config.thumbnails().steps()));
        return new MediakeepApplication(
                new FilterBinding(tokens, signatures, new RateLimits(config.rateLimits())),
                uploads,
                new DownloadResponses(answers, downloads),
                new ThumbnailResponses(answers, thumbnails, wish),
                new FederationDownloadResource(toServers, downloads),
                new FederationThumbnailResource(toServers, thumbnails, wish),
                config.previews().enabled() ? Optional.of(previews) : Optional.empty(),
                health);
    }

    private RemoteCache remoteCache(
            RemoteMedia origins, SpoolDirectory spools, Blobs blobs, MediaCatalog media, Clock clock) {
        FetchExecutor fetchers = closing.later(new FetchExecutor(new FetchLimits(config.fetches())));
        return new RemoteCache(origins, fetchers, config.frozen(), spools, blobs, media, clock);
    }

    /** Refuses an embedded database that has gone back; answers how it is noted how far it has come. */
    private Optional<Schedule.Work> progress(Transactions transactions, BlobIntegrityCatalog soundness)
            throws IOException {
        Optional<Path> file = config.database().file();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        DatabaseProgress progress = new DatabaseProgress(transactions, file.get(), Clock.systemUTC());
        progress.verify(soundness::newest, config.integrity().acceptOlderDatabase());
        closing.later(progress::note);
        return Optional.of(progress::note);
    }

    /** The store, which is refused unless it belongs to the database. */
    private VerifiedStore store(Transactions transactions, BlobIntegrityCatalog soundness) throws IOException {
        BlobStore store = blobStore(transactions);
        Places places = new Places(config.database().label(), storeLabel());
        StorePairing pairing = new StorePairing(places, store, new StoreIdentities(transactions), soundness);
        return new VerifiedStore(store, pairing.pair(config.integrity().acceptOtherStore()));
    }

    private BlobStore blobStore(Transactions transactions) {
        return config.blobs() instanceof BlobSettings.Disk disk
                ? new DiskBlobStore(disk.root())
                : new DatabaseBlobStore(transactions);
    }

    /** Of the folders in which what is received is written, and of the embedded database's. */
    private FreeSpace freeSpace() {
        Map<Path, Integer> copies = new HashMap<>(Map.of(config.dataDir(), 0));
        if (config.blobs() instanceof BlobSettings.Disk disk) {
            copies.merge(disk.root(), 1, Integer::sum);
        } else {
            copies.merge(config.dataDir(), 1, Integer::sum);
        }
        int inDatabase = config.blobs() instanceof BlobSettings.Database ? 1 : 0;
        config.database().file().ifPresent(file -> copies.merge(file.getParent(), inDatabase, Integer::sum));
        return FreeSpace.of(config.storage(), copies);
    }

    /** On the file system of the blobs, where there is one, so that bytes need not be copied to become a blob. */
    private Path spoolRoot() {
        return config.blobs() instanceof BlobSettings.Disk disk
                ? disk.root().resolve("spool")
                : config.dataDir().resolve("spool");
    }

    /** With neither tokens nor a homeserver nobody could call us, so then there is a token of our own. */
    private AuthSettings authSettings() throws IOException {
        AuthSettings set = config.auth();
        if (!set.tokens().isEmpty() || set.homeserverUrl().isPresent()) {
            return set;
        }
        Path file = config.dataDir().resolve("admin-token").toAbsolutePath();
        AuthSettings own = new AuthSettings(
                set.homeserverUrl(), set.cacheTtl(), List.of(AdminToken.keptIn(file, config.serverName(), random)));
        log.info("Neither a homeserver nor tokens are configured: the administrator's access token is in {}", file);
        return own;
    }

    /** What is to be served. */
    MediakeepApplication served() {
        return application;
    }

    /** One line for the log: who we are, and where we keep things. */
    String summary() {
        return "Mediakeep for " + config.serverName() + ", rows in "
                + config.database().label() + ", bytes in " + storeLabel();
    }

    private String storeLabel() {
        return config.blobs() instanceof BlobSettings.Disk disk ? disk.root().toString() : "the database";
    }

    @Override
    public void stopping() {
        health.stopping();
    }

    @Override
    public void endWaiting() {
        waiting.close();
    }

    @Override
    public void close() {
        endWaiting();
        closing.close();
    }
}
