package io.mediakeep.app.command;

import io.mediakeep.app.StorageAssembly;
import io.mediakeep.config.Config;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobCatalog;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.jobs.Jobs;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A job that runs in the process of the command, or on a server of the same database that acquires it first. */
final class LocalJob implements FollowedJob {
    private static final int PAGE = 100;

    private final CommandStorage storage;
    private final JobCatalog catalog;
    private final Jobs jobs;
    private final long id;

    private LocalJob(CommandStorage storage, JobCatalog catalog, Jobs jobs, long id) {
        this.storage = storage;
        this.catalog = catalog;
        this.jobs = jobs;
        this.id = id;
    }

    /**
     * Opens the storage, and starts a job.
     *
     * @param kind creates the kind of the job
     * @param parameters of the job, as a JSON object
     */
    static <K extends JobKind> LocalJob start(
            Config config, BiFunction<StorageAssembly, JobLeaseCatalog, K> kind, Function<K, JsonObject> parameters)
            throws IOException {
        CommandStorage storage = CommandStorage.open(config);
        try {
            StorageAssembly assembly = storage.assembly();
            JobCatalog catalog = new JobCatalog(assembly.transactions, assembly.clock);
            JobLeaseCatalog leases = new JobLeaseCatalog(assembly.transactions, assembly.clock);
            K created = kind.apply(assembly, leases);
            String checked = parameters.apply(created).toString();
            Jobs jobs = storage.register(new Jobs(catalog, leases, List.of(created), assembly.clock));
            Job job = jobs.start(created, checked, Optional.empty());
            return new LocalJob(storage, catalog, jobs, job.id());
        } catch (RuntimeException failure) {
            storage.close();
            throw failure;
        }
    }

    /** Renews the lease of the job, and continues it when a server that ran it has stopped. */
    @Override
    public Job now() throws IOException {
        jobs.renew();
        jobs.runWaiting();
        return catalog.find(id).orElseThrow(() -> new CommandException("the job " + id + " was deleted"));
    }

    @Override
    public List<JobError> errors(long from) {
        return catalog.errors(id, from, PAGE);
    }

    @Override
    public String leave() {
        catalog.cancel(id);
        return "It was cancelled; what was done until then stays.";
    }

    @Override
    public void close() {
        storage.close();
    }
}
