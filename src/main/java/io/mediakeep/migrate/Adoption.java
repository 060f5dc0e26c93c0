package io.mediakeep.migrate;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.jobs.JobError;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adopts media of other stores: stores its bytes as a blob, and adds its row with what is known of it there. Bytes come
 * first, then the quarantine of their hash, then the row.
 */
final class Adoption implements ImportStep {
    /** The largest batch: its transaction locks the usage of its uploaders. */
    static final int MAX_BATCH = 100;

    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final AdoptionCatalog catalog;
    private final QuarantineCatalog quarantine;
    private final ServerName localServer;
    private final Executor executor;
    private final ImportCounts counts = new ImportCounts();

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

    /** What was adopted. */
    ImportCounts counts() {
        return counts;
    }

    /** Adopts the items. */
    @Override
    public List<JobError> process(List<SourceItem> batch, ProgressCatalog progress, Recorder recorder)
            throws IOException {
        Set<Mxc> known = known(batch.stream().map(item -> item.row().mxc()).toList());
        Collection<SourceItem> unknown = batch.stream()
                .filter(item -> !known.contains(item.row().mxc()))
                .collect(Collectors.toMap(item -> item.row().mxc(), Function.identity(), (one, duplicate) -> one))
                .values();
        List<SpooledItem> spooled = new ArrayList<>();
        try {
            spool(unknown, spooled);
            return adoptSpooled(spooled, progress, recorder);
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

    /** Which of these content URIs are known here: they are not adopted. */
    Set<Mxc> known(Collection<Mxc> uris) {
        return catalog.known(uris);
    }

    /**
     * Adopts items that were not {@link #known} before their files were read.
     *
     * @param spooled at most {@link #MAX_BATCH} items; their spools stay open
     * @return the errors
     */
    List<JobError> adoptSpooled(List<SpooledItem> spooled, ProgressCatalog progress, Recorder recorder)
            throws IOException {
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
        counts.add(result);
        counts.addFailed(spooled.size() - readable.size());
        quarantineStored(readable);
        return withRejected(errors, result);
    }

    private AdoptedMedia at(SpooledItem item, Map<BlobId, BlobLocation> locations) {
        Spool spool = item.spool().orElseThrow();
        return item.row().at(Objects.requireNonNull(locations.get(spool.id())), spool.size(), localServer);
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
                .filter(item -> item.row().access().quarantined())
                .collect(Collectors.groupingBy(
                        this::administrator,
                        Collectors.mapping(item -> item.spool().orElseThrow().id(), Collectors.toList())));
        byAdministrator.forEach((by, ids) -> quarantine.quarantineHashes(ids, by));
    }

    /** Quarantines what was stored with these hashes before. */
    private void quarantineStored(List<SpooledItem> readable) {
        for (SpooledItem item : readable) {
            if (item.row().access().quarantined()) {
                List<BlobId> id = List.of(item.spool().orElseThrow().id());
                while (!quarantine
                        .quarantineStored(id, administrator(item), MAX_BATCH)
                        .isEmpty()) {}
            }
        }
    }

    /** Not every server records who has quarantined media. */
    private UserId administrator(SpooledItem item) {
        return item.row().access().quarantinedBy().orElseGet(() -> new UserId("@import:" + localServer));
    }
}
