package io.mediakeep.migrate;

import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.AdoptionCatalog;
import io.mediakeep.media.QuarantineCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.migrate.source.ImportSource;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** The import from the configured sources: on request, and as a job. */
public final class Imports implements AutoCloseable {
    /** How many files are read and stored at once: their forces to disk are shared. */
    private static final int MAX_FILES = 16;

    private final List<ImportSource> sources;
    private final ExecutorService files = Workers.named("import-files", MAX_FILES);
    private final Adoption adoption;
    private final RequestedImports requested;
    private final ImportJob job;

    /** Opens no source yet. */
    public Imports(
            ImportSettings settings,
            ServerName localServer,
            SpoolDirectory spools,
            Blobs blobs,
            AdoptionCatalog catalog,
            QuarantineCatalog quarantine,
            JobLeaseCatalog leases) {
        this.sources = settings.sources().stream().map(ImportSource::new).toList();
        this.adoption = new Adoption(spools, blobs, catalog, quarantine, localServer, files);
        this.requested = new RequestedImports(sources, catalog, adoption, localServer);
        this.job = new ImportJob(sources, adoption, settings.itemsPerSecond(), leases);
    }

    /** Media that is served, and adopted, when it is requested. */
    public RequestedImports requested() {
        return requested;
    }

    /** Adopts everything. */
    public ImportJob job() {
        return job;
    }

    /** The number of media items adopted since the start. */
    public long adopted() {
        return adoption.adopted();
    }

    /** The bytes of what was adopted since the start. */
    public long adoptedBytes() {
        return adoption.adoptedBytes();
    }

    @Override
    public void close() {
        requested.close();
        files.shutdownNow();
        sources.forEach(ImportSource::close);
    }
}
