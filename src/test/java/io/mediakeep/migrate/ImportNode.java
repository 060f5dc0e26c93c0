package io.mediakeep.migrate;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.jobs.JobState;
import io.mediakeep.jobs.Jobs;
import io.mediakeep.media.AdoptionCatalog;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.QuarantineCatalog;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.Assertions;

/** A node that imports a store, without HTTP. */
final class ImportNode implements AutoCloseable {
    final MediaNode media;
    final HashRestrictionCatalog restrictions;
    final Imports imports;
    final JobCatalog catalog;
    final ImportJob dryRun;
    private final Jobs jobs;

    ImportNode(
            DatabaseSettings database,
            Path directory,
            NodeOptions options,
            SourceSettings source,
            OptionalInt itemsPerSecond)
            throws IOException {
        media = new MediaNode(database, directory, options);
        restrictions = new HashRestrictionCatalog(media.transactions, media.clock);
        JobLeaseCatalog leases = new JobLeaseCatalog(media.transactions, media.clock);
        imports = new Imports(
                new ImportSettings(List.of(source), itemsPerSecond),
                source.serverName(),
                media.spools,
                media.blobs,
                new AdoptionCatalog(media.transactions),
                new QuarantineCatalog(media.transactions, media.database.announcements(), restrictions),
                leases,
                media.transactions);
        dryRun = imports.dryRunJob();
        catalog = new JobCatalog(media.transactions, media.clock);
        jobs = new Jobs(catalog, leases, List.of(imports.job(), dryRun), media.clock);
    }

    /** Starts the import. */
    Job start() {
        return start(imports.job());
    }

    /** Starts a job. */
    Job start(ImportJob kind) {
        return jobs.start(kind, kind.parameters().toString(), Optional.empty());
    }

    /** Continues the jobs of dead nodes. */
    void runWaiting() {
        jobs.runWaiting();
    }

    /** Waits until a job is done. */
    Job done(Job job) throws Exception {
        Eventually.holds(() -> Assertions.assertThat(now(job).state()).isEqualTo(JobState.DONE));
        return now(job);
    }

    /** The job as it is. */
    Job now(Job job) {
        return catalog.find(job.id()).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        jobs.close();
        imports.close();
        media.close();
    }
}
