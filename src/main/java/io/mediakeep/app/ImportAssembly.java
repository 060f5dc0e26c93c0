package io.mediakeep.app;

import io.mediakeep.admin.Audit;
import io.mediakeep.api.admin.ExportResource;
import io.mediakeep.api.admin.ImportResource;
import io.mediakeep.api.admin.JobStart;
import io.mediakeep.config.Config;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.AdoptionCatalog;
import io.mediakeep.media.QuarantineCatalog;
import io.mediakeep.media.download.ImportedMedia;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.metrics.Metrics;
import io.mediakeep.migrate.ImportCounts;
import io.mediakeep.migrate.ImportSchedule;
import io.mediakeep.migrate.ImportSettings;
import io.mediakeep.migrate.Imports;
import io.mediakeep.migrate.archive.ArchiveCatalog;
import io.mediakeep.migrate.archive.Archives;
import io.mediakeep.migrate.export.SynapseExport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The import from the stores of other servers, if one is configured, and the export. */
public final class ImportAssembly {
    private final ServerName localServer;
    private final StorageAssembly storage;
    private final Optional<Imports> imports;

    ImportAssembly(Config config, StorageAssembly storage, JobLeaseCatalog leases, Closer closer) {
        this.localServer = config.serverName();
        this.storage = storage;
        this.imports = config.imports().sources().isEmpty()
                ? Optional.empty()
                : Optional.of(closer.register(imports(config.imports(), config.serverName(), storage, leases)));
    }

    /** The import of these sources. */
    public static Imports imports(
            ImportSettings settings, ServerName localServer, StorageAssembly storage, JobLeaseCatalog leases) {
        HashRestrictionCatalog restrictions = new HashRestrictionCatalog(storage.transactions, storage.clock);
        return new Imports(
                settings,
                localServer,
                storage.spools,
                storage.blobs,
                new AdoptionCatalog(storage.transactions),
                new QuarantineCatalog(storage.transactions, storage.database.announcements(), restrictions),
                leases,
                storage.transactions);
    }

    /** The export of all media into the media store of a Synapse. */
    public static SynapseExport export(ServerName localServer, StorageAssembly storage, Path mediaStore) {
        return new SynapseExport(
                new ArchiveCatalog(storage.transactions), storage.blobs.reader(), localServer, mediaStore);
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
        ImportCounts counts = imports.map(Imports::counts).orElseGet(ImportCounts::new);
        metrics.counter("mediakeep_imported_media", "Media adopted from import sources", counts::adopted);
        metrics.counter("mediakeep_imported_bytes", "Bytes of media adopted from import sources", counts::bytes);
        metrics.counter("mediakeep_import_failures", "Media that could not be adopted", counts::failed);
        metrics.gauge(
                "mediakeep_import_remaining_rows",
                "Rows that the import had not read after its last batch",
                counts::remaining);
        imports.ifPresent(configured -> metrics.pool("imports", configured.requested()::pool));
    }

    /**
     * The resources, by class.
     *
     * @param readers opens content
     */
    Map<Class<?>, Object> resources(JobStart start, Audit audit, Executor readers) {
        Archives archives = new Archives(new ArchiveCatalog(storage.transactions), storage.blobs.reader());
        return Map.of(
                ImportResource.class,
                new ImportResource(start, imports.map(Imports::job)),
                ExportResource.class,
                new ExportResource(archives, localServer, audit, readers));
    }
}
