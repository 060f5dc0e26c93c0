package io.mediakeep.app;

import io.mediakeep.blob.BlobSettings;
import io.mediakeep.blob.BlobSource;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.blob.cache.BlobCache;
import io.mediakeep.blob.s3.S3BlobStore;
import io.mediakeep.concurrent.CacheCounts;
import io.mediakeep.config.Config;
import io.mediakeep.health.Health;
import io.mediakeep.health.HealthChecks;
import io.mediakeep.integrity.BlobMove;
import io.mediakeep.integrity.Scrub;
import io.mediakeep.integrity.ScrubCatalog;
import io.mediakeep.integrity.StoreCheck;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.maintenance.Schedule;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.blob.BlobCheckCatalog;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.BlobReferenceCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.RemovalCatalog;
import io.mediakeep.metrics.Metrics;
import io.mediakeep.persistence.Ballast;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseClock;
import io.mediakeep.persistence.DatabaseProgress;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.persistence.shared.Leases;
import io.mediakeep.storage.FreeSpace;
import io.mediakeep.storage.SpaceState;
import io.mediakeep.thumbnail.ThumbnailCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The database, the blob store, the spool directory, and what verifies them. */
public final class StorageAssembly {
    final Database database;
    public final Transactions transactions;
    public final DatabaseClock clock;
    final Leases leases;
    final SpoolDirectory spools;
    final BlobCatalog blobCatalog;
    final Blobs blobs;

    private final Config config;
    private final Optional<Ballast> ballast;
    private final Optional<DatabaseProgress> progress;
    private final BlobIntegrityCatalog integrity;
    private final BlobCheckCatalog checked;
    private final VerifiedStore store;
    private final Optional<S3BlobStore> bucket;
    private final Optional<BlobCache> cache;
    private final Optional<BlobMove.Stores> moved;
    private final Scrub scrub;

    /**
     * As configured.
     *
     * @param closer closes the database and the spool directory
     * @throws IOException when a directory cannot be used, or database and store do not belong together
     */
    public StorageAssembly(Config config, Closer closer) throws IOException {
        this.config = config;
        this.ballast = config.database().file().map(file -> new Ballast(file, config.storage()));
        ballast.ifPresent(Ballast::adjust); // frees the space for a start on a full disk
        this.database = closer.register(Database.open(config.database()));
        this.transactions = database.transactions();
        this.clock = database.clock();
        this.leases = new Leases(transactions, clock);
        this.integrity = new BlobIntegrityCatalog(transactions, database.announcements(), clock);
        this.progress = verifiedProgress(closer);
        BlobStores stores = BlobStores.open(config, transactions, integrity, closer);
        this.bucket = stores.bucket();
        this.moved = stores.moved();
        this.store = stores.store();
        this.spools = closer.register(SpoolDirectory.open(spoolRoot(), freeSpace()));
        BlobReferenceCatalog references = new BlobReferenceCatalog(ThumbnailCatalog.ROWS);
        this.blobCatalog = new BlobCatalog(transactions, references, clock);
        this.cache = BlobStores.cache(config.blobs(), store, closer);
        this.blobs = new Blobs(
                store,
                cache.<BlobSource>map(Function.identity()).orElse(store),
                blobCatalog,
                new RemovalCatalog(transactions, references, clock),
                integrity);
        closer.register(blobs.reader());
        this.checked = new BlobCheckCatalog(transactions, references, clock);
        this.scrub = new Scrub(
                config.integrity().scrubPeriod(),
                blobs,
                integrity,
                new ScrubCatalog(transactions, clock),
                leases,
                clock);
    }

    /** The check of the blob store. */
    public StoreCheck check(JobLeaseCatalog jobLeases) {
        return new StoreCheck(blobs, integrity, checked, jobLeases);
    }

    /** The move of blobs from one store to the other, where two are configured. */
    public Optional<BlobMove> move(JobLeaseCatalog jobLeases) {
        return moved.map(stores -> new BlobMove(stores, spools, integrity, checked, jobLeases));
    }

    /** Adds the periodic jobs. */
    void maintain(MaintenanceJobs jobs) {
        jobs.storage(this::measureSpace, clock::measure, store);
        bucket.ifPresent(s3 -> jobs.abandonedUploads(s3::removeAbandonedUploads));
        cache.ifPresent(local -> jobs.blobCache(() -> local.removeDeleted(blobCatalog::registered)));
        progress.ifPresent(database -> jobs.databaseProgress(database::record));
        if (!config.integrity().scrubPeriod().isZero()) {
            jobs.scrub(scrub);
        }
    }

    /** Adds the health checks. */
    void monitor(Health health, Schedule schedule) {
        HealthChecks.of(database, schedule).forEach(health::add);
        HealthChecks.of(store, spools.space(), schedule).forEach(health::add);
        health.add(HealthChecks.of(schedule));
        health.add(HealthChecks.of(scrub, clock));
    }

    /** Registers the metrics. */
    void measure(Metrics metrics) {
        metrics.counter(
                "mediakeep_deduplicated_blobs",
                "Stored blobs whose bytes were there already",
                blobCatalog::deduplicated);
        metrics.gauges(
                "mediakeep_database_connections",
                "Connections to the database, and threads that wait for one",
                "state",
                Map.of(
                        "used", () -> database.connections().used(),
                        "idle", () -> database.connections().idle(),
                        "waiting", () -> database.connections().waiting()));
        metrics.gauge(
                "mediakeep_database_available",
                "1 while the database responds",
                () -> database.state().available() ? 1 : 0);
        metrics.gauge(
                "mediakeep_blob_store_available",
                "1 while the blob store is available",
                () -> store.state().available() ? 1 : 0);
        metrics.gauge(
                "mediakeep_blob_cache_bytes",
                "Size of the cache in front of the blob store",
                () -> cache.map(BlobCache::used).orElse(0L));
        metrics.gauge(
                "mediakeep_uploads_rejected_for_space",
                "1 while uploads are rejected for lack of space",
                () -> spools.space().isLow() ? 1 : 0);
        metrics.gauges(
                "mediakeep_free_space_bytes", "Free space, as last read", "file_system", space(SpaceState::free));
        metrics.gauges(
                "mediakeep_reserved_space_bytes",
                "Free space below which uploads are rejected",
                "file_system",
                space(SpaceState::reserve));
    }

    /** How often a blob was in the cache in front of the store, if there is one. */
    Optional<CacheCounts> cacheCounts() {
        return cache.map(BlobCache::counts);
    }

    private Map<String, DoubleSupplier> space(ToDoubleFunction<SpaceState> value) {
        return spools.space().states().stream()
                .map(SpaceState::name)
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> () -> spools.space().states().stream()
                                .filter(state -> state.name().equals(name))
                                .mapToDouble(value)
                                .findFirst()
                                .orElse(Double.NaN)));
    }

    private void measureSpace() {
        ballast.ifPresent(Ballast::adjust);
        spools.space().measure();
    }

    /** Rejects an embedded database that is older than its progress file; none for PostgreSQL. */
    private Optional<DatabaseProgress> verifiedProgress(Closer closer) throws IOException {
        Optional<Path> file = config.database().file();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        DatabaseProgress verified = new DatabaseProgress(transactions, file.get(), Clock.systemUTC());
        verified.verify(integrity::newest, config.integrity().acceptOlderDatabase());
        closer.register(verified::record);
        return Optional.of(verified);
    }

    /** The free space of the directories in which bodies are received and stored, and of the embedded database. */
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

    /** On the file system of the blobs, if they are files, so that a spool file can be linked. */
    private Path spoolRoot() {
        return config.blobs() instanceof BlobSettings.Disk disk
                ? disk.root().resolve("spool")
                : config.dataDir().resolve("spool");
    }
}
