package io.mediakeep.app;

import io.mediakeep.api.admin.ImportResource;
import io.mediakeep.api.admin.JobStart;
import io.mediakeep.config.Config;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.media.AdoptionCatalog;
import io.mediakeep.media.QuarantineCatalog;
import io.mediakeep.media.download.ImportedMedia;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.metrics.Metrics;
import io.mediakeep.migrate.ImportSchedule;
import io.mediakeep.migrate.Imports;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The import from the stores of other servers, if one is configured. */
final class ImportAssembly {
    private final StorageAssembly storage;
    private final Optional<Imports> imports;

    ImportAssembly(Config config, StorageAssembly storage, JobLeaseCatalog leases, Closer closer) {
        this.storage = storage;
        this.imports = config.imports().sources().isEmpty()
                ? Optional.empty()
                : Optional.of(closer.register(new Imports(
                        config.imports(),
                        config.serverName(),
                        storage.spools,
                        storage.blobs,
                        new AdoptionCatalog(storage.transactions),
                        new QuarantineCatalog(
                                storage.transactions,
                                storage.database.announcements(),
                                new HashRestrictionCatalog(storage.transactions, storage.clock)),
                        leases)));
    }

    /** What is looked up where the catalog has nothing. */
    ImportedMedia media() {
        return imports.<ImportedMedia>map(Imports::requested).orElse(ImportedMedia.NONE);
    }

    /** The kinds of jobs. */
    List<JobKind> jobs() {
        return imports.<JobKind>map(Imports::job).stream().toList();
    }

    /** Adds the periodic job that starts the import. */
    void maintain(MaintenanceJobs maintenance, RemovalAssembly removals) {
        imports.ifPresent(configured ->
                maintenance.imports(new ImportSchedule(configured.job(), removals.schedule, storage.clock)));
    }

    /** Registers the metrics. */
    void measure(Metrics metrics) {
        metrics.counter(
                "mediakeep_imported_media",
                "Media adopted from import sources",
                () -> imports.map(Imports::adopted).orElse(0L));
        metrics.counter(
                "mediakeep_imported_bytes",
                "Bytes of media adopted from import sources",
                () -> imports.map(Imports::adoptedBytes).orElse(0L));
        imports.ifPresent(configured -> metrics.pool("imports", configured.requested()::pool));
    }

    /** The resources, by class. */
    Map<Class<?>, Object> resources(JobStart start) {
        return Map.of(ImportResource.class, new ImportResource(start, imports.map(Imports::job)));
    }
}
