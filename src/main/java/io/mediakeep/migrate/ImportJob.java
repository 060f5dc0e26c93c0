package io.mediakeep.migrate;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.jobs.Progress;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.migrate.source.ImportSource;
import io.mediakeep.migrate.source.SourceEntry;
import io.mediakeep.migrate.source.SourceRow;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.migrate.source.SourceUnavailableException;
import io.mediakeep.migrate.source.UnreadableRow;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all media of all sources, to adopt it, as a job. */
public final class ImportJob implements JobKind {
    private static final Logger log = LoggerFactory.getLogger(ImportJob.class);

    /** The pause when a source is not available. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final List<ImportSource> sources;
    private final ImportStep step;
    private final OptionalInt itemsPerSecond;
    private final JobLeaseCatalog leases;
    private final ImportCounts counts;
    private @Nullable Scanned scanned;

    /** The scan of a job, and the position that it is at. */
    private record Scanned(long job, String position, ImportScan scan) {}

    /**
     * @param name of the kind
     * @param step processes the items
     * @param counts what the step counts, too
     */
    ImportJob(
            String name,
            List<ImportSource> sources,
            ImportStep step,
            OptionalInt itemsPerSecond,
            JobLeaseCatalog leases,
            ImportCounts counts) {
        this.name = name;
        this.sources = sources;
        this.step = step;
        this.itemsPerSecond = itemsPerSecond;
        this.leases = leases;
        this.counts = counts;
    }

    /** The parameters of a job: the names of the sources. */
    public JsonObject parameters() {
        return parameters(sources.stream().map(ImportSource::settings).toList());
    }

    /** The parameters of a job for these sources. */
    public static JsonObject parameters(List<SourceSettings> sources) {
        return Json.createObjectBuilder()
                .add(
                        "sources",
                        Json.createArrayBuilder(
                                sources.stream().map(SourceSettings::label).toList()))
                .build();
    }

    @Override
    public String name() {
        return name;
    }

    /** Unknown while a source is not available. */
    @Override
    public OptionalLong total(Job job) {
        try {
            return OptionalLong.of(
                    sources.stream().mapToLong(ImportSource::count).sum());
        } catch (SourceUnavailableException unavailable) {
            return OptionalLong.empty();
        }
    }

    /**
     * While a source is not available, nothing is done, and the job goes on.
     *
     * @throws MatrixException when the job is for other sources
     */
    @Override
    public boolean step(Job job) throws IOException {
        if (!job.parameters().equals(parameters().toString())) {
            throw MatrixException.badRequest("It is for other sources than those that are configured now");
        }
        long start = System.nanoTime();
        try {
            int done = batch(job);
            pause(rateLimit(done).minusNanos(System.nanoTime() - start));
            return done > 0;
        } catch (SourceUnavailableException unavailable) {
            scanned = null;
            pause(PAUSE);
            return true;
        } catch (IOException | RuntimeException failure) {
            scanned = null;
            throw failure;
        }
    }

    private int batch(Job job) throws IOException {
        ImportScan scan = scanOf(job);
        int max = Math.min(Adoption.MAX_BATCH, itemsPerSecond.orElse(Adoption.MAX_BATCH));
        List<SourceEntry> entries = scan.next(max);
        counts.setRemaining(Math.max(0, job.total().orElse(0) - job.done() - entries.size()));
        if (entries.isEmpty()) {
            if (step instanceof Adoption) {
                report(job);
            }
            return 0;
        }
        List<SourceItem> items = entries.stream()
                .filter(entry -> entry instanceof SourceRow row && !row.access().preview())
                .map(entry -> new SourceItem(scan.source(), (SourceRow) entry))
                .toList();
        List<JobError> unreadable = unreadable(entries);
        step.process(items, leases.progressOf(job), (added, errors) -> {
            List<JobError> all = new ArrayList<>(unreadable);
            all.addAll(errors);
            return new Progress(scan.position(), entries.size(), added.bytes(), all);
        });
        counts.addFailed(unreadable.size());
        scanned = new Scanned(job.id(), scan.position(), scan);
        return entries.size();
    }

    private ImportScan scanOf(Job job) {
        return Optional.ofNullable(scanned)
                .filter(last -> last.job() == job.id() && last.position().equals(job.position()))
                .map(Scanned::scan)
                .orElseGet(() -> new ImportScan(sources, job.position(), ImportScan.MAX_PAGE));
    }

    private static List<JobError> unreadable(List<SourceEntry> entries) {
        return entries.stream()
                .filter(UnreadableRow.class::isInstance)
                .map(UnreadableRow.class::cast)
                .map(row -> new JobError(row.subject(), row.reason()))
                .toList();
    }

    private static void report(Job job) {
        if (job.errors() == 0) {
            log.info(
                    "All {} media items of the import sources are here; the old store is no longer needed", job.done());
        } else {
            log.warn(
                    "{} media items of the import sources were read; see the {} errors of job {}. All others are here",
                    job.done(),
                    job.errors(),
                    job.id());
        }
    }

    private Duration rateLimit(int items) {
        return itemsPerSecond.isPresent()
                ? Duration.ofSeconds(1).multipliedBy(items).dividedBy(itemsPerSecond.getAsInt())
                : Duration.ZERO;
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.max(0, time.toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
