package io.mediakeep.migrate;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.Progress;
import io.mediakeep.jobs.ProgressCatalog;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.Adopted;
import io.mediakeep.media.AdoptedMedia;
import io.mediakeep.media.AdoptionCatalog;
import io.mediakeep.media.QuarantineCatalog;
import io.mediakeep.media.blob.Blobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adopts media of other stores: stores its bytes as a blob, and adds its row with what is known of it there. Bytes come
 * first, then the quarantine of their hash, then the row.
 */
final class Adoption {
    /** The largest batch: its transaction locks the usage of its uploaders. */
    static final int MAX_BATCH = 100;

    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final AdoptionCatalog catalog;
    private final QuarantineCatalog quarantine;
    private final ServerName localServer;
    private final Executor executor;
    private final LongAdder adopted = new LongAdder();
    private final LongAdder adoptedBytes = new LongAdder();

    /** @param executor reads and stores the files of a batch; its threads may block */
    Adoption(
            SpoolDirectory spools,
            Blobs blobs,
            AdoptionCatalog catalog,
            QuarantineCatalog quarantine,
            ServerName localServer,
            Executor executor) {
        this.spools = spools;
        this.blobs = blobs;
        this.catalog = catalog;
        this.quarantine = quarantine;
        this.localServer = localServer;
        this.executor = executor;
    }

    /** Records the errors of a batch, and what was added, within its transaction. */
    @FunctionalInterface
    interface Recorder {
        /** How progress is recorded once it is known what became of the batch. */
        Progress progress(Adopted adopted, List<JobError> errors);
    }

    /** The number of media items adopted since the start. */
    long adopted() {
        return adopted.sum();
    }

    /** The bytes of what was adopted since the start. */
    long adoptedBytes() {
        return adoptedBytes.sum();
    }

    /**
     * Adopts a batch; what is known here already is left as it is.
     *
     * @param batch at most {@link #MAX_BATCH} items
     * @param progress where the progress is recorded
     * @throws IOException when something cannot be stored here
     */
    void adopt(List<SourceItem> batch, ProgressCatalog progress, Recorder recorder) throws IOException {
        Set<Mxc> known =
                catalog.known(batch.stream().map(item -> item.row().mxc()).toList());
        Collection<SourceItem> unknown = batch.stream()
                .filter(item -> !known.contains(item.row().mxc()))
                .collect(Collectors.toMap(item -> item.row().mxc(), Function.identity(), (one, duplicate) -> one))
                .values();
        List<SpooledItem> spooled = new ArrayList<>();
        try {
            spool(unknown, spooled);
            store(spooled, progress, recorder);
        } finally {
            for (SpooledItem item : spooled) {
                if (item.spool().isPresent()) {
                    item.spool().get().close();
                }
            }
        }
    }

    /** Reads side by side; all have ended on return. */
    private void spool(Collection<SourceItem> items, List<SpooledItem> spooled) {
        List<CompletableFuture<SpooledItem>> reads = items.stream()
                .map(item -> CompletableFuture.supplyAsync(() -> SpooledItem.of(item, spools), executor))
                .toList();
        RuntimeException failure = null;
        for (CompletableFuture<SpooledItem> read : reads) {
            try {
                spooled.add(read.join());
            } catch (CompletionException failed) {
                failure = failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void store(List<SpooledItem> spooled, ProgressCatalog progress, Recorder recorder) throws IOException {
        List<JobError> errors =
                spooled.stream().flatMap(item -> item.errors().stream()).toList();
        List<SpooledItem> readable =
                spooled.stream().filter(item -> item.spool().isPresent()).toList();
        quarantine(readable);
        Map<BlobId, BlobLocation> locations = blobs.putAll(
                readable.stream()
                        .map(SpooledItem::spool)
                        .map(spool -> spool.orElseThrow())
                        .toList(),
                executor);
        List<AdoptedMedia> media =
                readable.stream().map(item -> at(item, locations)).toList();
        Adopted result = catalog.add(
                media,
                (entities, added) -> progress.record(entities, recorder.progress(added, withRejected(errors, added))));
        adopted.add(result.added().size());
        adoptedBytes.add(result.bytes());
        quarantineStored(readable);
    }

    private AdoptedMedia at(SpooledItem item, Map<BlobId, BlobLocation> locations) {
        Spool spool = item.spool().orElseThrow();
        return item.item().at(Objects.requireNonNull(locations.get(spool.id())), spool.size(), localServer);
    }

    private static List<JobError> withRejected(List<JobError> errors, Adopted added) {
        List<JobError> all = new ArrayList<>(errors);
        added.blocked()
                .forEach(blocked -> all.add(new JobError(
                        blocked.media().mxc().toString(),
                        "Its content is blocked by the administrators of this server")));
        added.withoutBlob()
                .forEach(removed -> all.add(new JobError(
                        removed.media().mxc().toString(), "The same content was being deleted; import it again")));
        return all;
    }

    /** Quarantines the hashes of quarantined media, before its rows are added. */
    private void quarantine(List<SpooledItem> readable) {
        Map<UserId, List<BlobId>> byAdministrator = readable.stream()
                .filter(item -> item.item().row().access().quarantined())
                .collect(Collectors.groupingBy(
                        this::administrator,
                        Collectors.mapping(item -> item.spool().orElseThrow().id(), Collectors.toList())));
        byAdministrator.forEach((by, ids) -> quarantine.quarantineHashes(ids, by));
    }

    /** Quarantines what was stored with these hashes before. */
    private void quarantineStored(List<SpooledItem> readable) {
        for (SpooledItem item : readable) {
            if (item.item().row().access().quarantined()) {
                List<BlobId> id = List.of(item.spool().orElseThrow().id());
                while (!quarantine
                        .quarantineStored(id, administrator(item), MAX_BATCH)
                        .isEmpty()) {}
            }
        }
    }

    /** Not every server records who has quarantined media. */
    private UserId administrator(SpooledItem item) {
        return item.item().row().access().quarantinedBy().orElseGet(() -> new UserId("@import:" + localServer));
    }
}
