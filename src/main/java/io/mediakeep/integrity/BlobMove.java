package io.mediakeep.integrity;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobVerification;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.jobs.Progress;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.blob.BlobCheckCatalog;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.StoredBlob;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;

/**
 * The move of blobs from one store to another, as a job, while both are read ({@link BothStores}). It copies and verifies, and a
 * second job removes from the old store what is in the new one. Its items are blobs with a row; other bytes stay where they are.
 */
public final class BlobMove implements JobKind {
    private static final int MAX_BATCH = 100;
    private static final long MAX_BATCH_BYTES = 64L << 20;
    private static final int THREADS = 8;

    private final Stores stores;
    private final SpoolDirectory spools;
    private final BlobIntegrityCatalog rows;
    private final BlobCheckCatalog catalog;
    private final JobLeaseCatalog leases;
    private final ExecutorService threads = Workers.named("move-blobs", THREADS);

    /**
     * The two stores.
     *
     * @param from the old one
     * @param to the new one
     * @param kind of the new one, as in the configuration
     */
    public record Stores(BlobStore from, BlobStore to, String kind) {}

    /** @param spools in which blobs are received between the stores */
    public BlobMove(
            Stores stores,
            SpoolDirectory spools,
            BlobIntegrityCatalog rows,
            BlobCheckCatalog catalog,
            JobLeaseCatalog leases) {
        this.stores = stores;
        this.spools = spools;
        this.rows = rows;
        this.catalog = catalog;
        this.leases = leases;
    }

    /**
     * The parameters of a job.
     *
     * @param to the kind of the new store
     * @param remove whether blobs are removed from the old store that are in the new one; else they are copied
     * @throws MatrixException 400 when the new store is of another kind
     */
    public JsonObject parameters(String to, boolean remove) {
        if (!to.equals(stores.kind())) {
            throw MatrixException.badRequest("Blobs are stored in " + stores.kind() + ", not in " + to
                    + "; set blobs.kind to the new store, and blobs.also-read to the old one");
        }
        return Json.createObjectBuilder().add("to", to).add("remove", remove).build();
    }

    @Override
    public String name() {
        return "move-blobs";
    }

    @Override
    public OptionalLong total(Job job) {
        return OptionalLong.of(catalog.count());
    }

    @Override
    public boolean step(Job job) throws IOException {
        List<StoredBlob> batch = batch(job.position());
        if (batch.isEmpty()) {
            return false;
        }
        String last = batch.get(batch.size() - 1).location().id().sha256();
        Optional<BlobLocation> after =
                Optional.of(job.position()).filter(hash -> !hash.isEmpty()).map(CheckedRange::afterGenerations);
        Map<BlobLocation, Long> listed = CheckedRange.list(stores.to()::list, after, last);
        List<StoredBlob> settled = batch.stream().filter(StoredBlob::settled).toList();
        List<StoredBlob> absent = settled.stream()
                .filter(blob -> !Long.valueOf(blob.size()).equals(listed.get(blob.location())))
                .toList();
        List<JobError> errors = JobFlags.isSet(job, "remove") ? removed(settled, absent) : copied(absent);
        Progress progress = new Progress(
                last, batch.size(), absent.stream().mapToLong(StoredBlob::size).sum(), errors);
        catalog.release(List.of(), entities -> leases.progressOf(job).record(entities, progress));
        return true;
    }

    private List<StoredBlob> batch(String afterHash) {
        List<StoredBlob> batch = new ArrayList<>();
        long bytes = 0;
        for (StoredBlob blob : rows.after(afterHash, MAX_BATCH)) {
            bytes += blob.size();
            if (!batch.isEmpty() && bytes > MAX_BATCH_BYTES) {
                break;
            }
            batch.add(blob);
        }
        return batch;
    }

    private List<JobError> removed(List<StoredBlob> settled, List<StoredBlob> absent) {
        List<BlobLocation> moved = settled.stream()
                .filter(blob -> !absent.contains(blob))
                .map(StoredBlob::location)
                .toList();
        List<JobError> errors = new ArrayList<>();
        absent.forEach(blob -> errors.add(error(blob, "It is not in the new store, and stays in the old one")));
        stores.from()
                .deleteAll(moved)
                .forEach((location, failure) ->
                        errors.add(new JobError(location.value(), "It could not be removed: " + failure.getMessage())));
        return errors;
    }

    private List<JobError> copied(List<StoredBlob> absent) throws IOException {
        List<CompletableFuture<Optional<JobError>>> copies = absent.stream()
                .map(blob -> CompletableFuture.supplyAsync(() -> copied(blob), threads))
                .toList();
        try {
            CompletableFuture.allOf(copies.toArray(CompletableFuture[]::new)).join();
            return copies.stream().flatMap(copy -> copy.join().stream()).toList();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof UncheckedIOException failed) {
                throw failed.getCause();
            }
            throw failure;
        }
    }

    private Optional<JobError> copied(StoredBlob blob) {
        try {
            return copy(blob);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Copies and verifies a blob. One that is removed meanwhile is removed from the new store, too. */
    private Optional<JobError> copy(StoredBlob blob) throws IOException {
        BlobLocation location = blob.location();
        try (InputStream bytes = stores.from().open(location, 0, Long.MAX_VALUE);
                Spool spool = spools.receive(bytes, Long.MAX_VALUE)) {
            if (!spool.id().equals(location.id()) || spool.size() != blob.size()) {
                return Optional.of(error(blob, "The bytes in the old store are damaged"));
            }
            stores.to().put(spool, location);
        } catch (BlobNotFoundException absent) {
            return catalog.settled(List.of(location)).isEmpty()
                    ? Optional.empty()
                    : Optional.of(error(blob, "The bytes are missing in the old store"));
        }
        if (!BlobVerification.isIntact(stores.to(), location, blob.size())) {
            return Optional.of(error(blob, "The bytes in the new store are damaged"));
        }
        if (!catalog.unknown(List.of(location)).isEmpty()) {
            stores.to().delete(location);
        }
        return Optional.empty();
    }

    private static JobError error(StoredBlob blob, String reason) {
        return new JobError(blob.location().value(), reason);
    }
}
