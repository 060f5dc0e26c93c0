package io.mediakeep.migrate;

import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.AdoptionCatalog;
import io.mediakeep.media.QuarantineCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.migrate.source.ImportSource;
import io.mediakeep.persistence.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** The import from the configured sources: on request, and as a job. */
public final class Imports implements AutoCloseable {
    /** How many files are read and stored at once: their forces to disk are shared. */
    private static final int MAX_FILES = 16;

    private final List<ImportSource> sources;
    private final SpoolDirectory spools;
    private final ExecutorService files = Workers.named("import-files", MAX_FILES);
    private final Adoption adoption;
    private final RequestedImports requested;
    private final OptionalInt itemsPerSecond;
    private final JobLeaseCatalog leases;
    private final Transactions transactions;
    private final ImportJob job;

    /** Opens no source yet. */
    public Imports(
            ImportSettings settings,
            ServerName localServer,
            SpoolDirectory spools,
            Blobs blobs,
            AdoptionCatalog catalog,
            QuarantineCatalog quarantine,
            JobLeaseCatalog leases,
            Transactions transactions) {
        this.sources = settings.sources().stream().map(ImportSource::new).toList();
        this.spools = spools;
        this.adoption = new Adoption(spools, blobs, catalog, quarantine, localServer, files);
        this.requested = new RequestedImports(sources, catalog, adoption, localServer);
        this.itemsPerSecond = settings.itemsPerSecond();
        this.leases = leases;
        this.transactions = transactions;
        this.job = job("import", adoption);
    }

    private ImportJob job(String name, ImportStep step) {
        return new ImportJob(name, sources, step, itemsPerSecond, leases, adoption.counts());
    }

    /** Media that is served, and adopted, when it is requested. */
    public RequestedImports requested() {
        return requested;
    }

    /** Adopts everything. */
    public ImportJob job() {
        return job;
    }

    /**
     * Adopts the media in one part of an archive. It can be repeated: what is known here is left as it is.
     *
     * @param part is closed
     * @param errors receives what could not be adopted
     * @throws io.mediakeep.migrate.archive.InvalidArchiveException when it is none
     * @throws IOException when it cannot be read, or something cannot be stored here; what was adopted stays
     */
    public void adoptArchive(InputStream part, Consumer<JobError> errors) throws IOException {
        new ArchiveImport(adoption, spools, errors).run(part);
    }

    /** Adopts everything in stores that are not configured: a job of another kind, which only this process runs. */
    public ImportJob storeJob() {
        return job("import-store", adoption);
    }

    /** Only reads rows and files. */
    public ImportJob dryRunJob() {
        return job("import-dry-run", new DryRun(transactions, adoption::known));
    }

    /** What was imported. */
    public ImportCounts counts() {
        return adoption.counts();
    }

    @Override
    public void close() {
        requested.close();
        files.shutdownNow();
        sources.forEach(ImportSource::close);
    }
}
