package io.mediakeep.migrate;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.concurrent.BoundedThreadPool;
import io.mediakeep.concurrent.PoolState;
import io.mediakeep.concurrent.SingleFlight;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.jobs.Progress;
import io.mediakeep.jobs.ProgressCatalog;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.AdoptionCatalog;
import io.mediakeep.media.Media;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.media.download.ImportedMedia;
import io.mediakeep.migrate.source.ImportSource;
import io.mediakeep.migrate.source.SourceRow;
import io.mediakeep.migrate.source.SourceUnavailableException;
import io.mediakeep.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves media of other stores that is not adopted yet: its file is verified, served from where it is, and adopted in
 * the background, once for all concurrent requests. When too much is waiting to be adopted, it is only served.
 */
public final class RequestedImports implements ImportedMedia, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RequestedImports.class);

    private static final int MAX_LOOKUPS = 16, MAX_ADOPTING = 2, MAX_WAITING = 256;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final List<ImportSource> sources;
    private final AdoptionCatalog catalog;
    private final Adoption adoption;
    private final ServerName localServer;
    private final ExecutorService lookups = Workers.named("import-lookups", MAX_LOOKUPS);
    private final BoundedThreadPool adopting = new BoundedThreadPool("adopt", MAX_ADOPTING, MAX_WAITING);
    private final SingleFlight<Mxc, Optional<Item>> searches = new SingleFlight<>();
    private final ConcurrentMap<Mxc, Item> served = new ConcurrentHashMap<>();

    RequestedImports(List<ImportSource> sources, AdoptionCatalog catalog, Adoption adoption, ServerName localServer) {
        this.sources = sources;
        this.catalog = catalog;
        this.adoption = adoption;
        this.localServer = localServer;
    }

    @Override
    public CompletionStage<Optional<Item>> find(Mxc mxc) {
        Item known = served.get(mxc);
        return known != null
                ? CompletableFuture.completedStage(Optional.of(known))
                : searches.getAsync(mxc, () -> CompletableFuture.supplyAsync(() -> search(mxc), lookups));
    }

    private Optional<Item> search(Mxc mxc) {
        if (catalog.isExcluded(mxc)) {
            return Optional.empty();
        }
        boolean unavailable = false;
        for (ImportSource source : sources) {
            try {
                Optional<SourceRow> row = source.find(mxc);
                if (row.isPresent()) {
                    return item(new SourceItem(source, row.get()));
                }
            } catch (SourceUnavailableException failure) {
                unavailable = true; // logged by the source
            }
        }
        if (unavailable) {
            throw MatrixException.unavailable(
                    "A store that media is imported from is not available; try again later", RETRY_AFTER);
        }
        return Optional.empty();
    }

    private Optional<Item> item(SourceItem found) {
        try {
            Path path = found.source().file(found.row());
            SourceFile file = new SourceFile(path);
            BlobId hash = file.hash();
            if (found.row().hash().filter(expected -> !expected.equals(hash)).isPresent()) {
                log.warn(
                        "{} is not served: its file in the import source is damaged",
                        found.row().mxc());
                return Optional.empty();
            }
            Media media = found.row()
                    .at(new BlobLocation(hash.sha256()), Files.size(path), localServer)
                    .media();
            return catalog.isUnrestricted(hash, found.row().access().safeFromQuarantine())
                    ? Optional.of(adopting(found, media, new BlobReader(file, (location, size) -> {})))
                    : Optional.empty();
        } catch (IOException failure) {
            log.warn(
                    "{} is not served: its file in the import source cannot be read: {}",
                    found.row().mxc(),
                    failure.toString());
            return Optional.empty();
        }
    }

    private Item adopting(SourceItem found, Media media, BlobReader reader) {
        CompletableFuture<Void> adopted = new CompletableFuture<>();
        Item item = new Item(media, reader, adopted);
        if (found.row().access().preview() || !begin(found, item, adopted)) {
            adopted.complete(null);
        }
        return item;
    }

    private boolean begin(SourceItem found, Item item, CompletableFuture<Void> adopted) {
        served.put(item.media().mxc(), item);
        try {
            adopting.execute(() -> adopt(found, item, adopted));
            return true;
        } catch (RejectedExecutionException tooMany) {
            served.remove(item.media().mxc());
            return false;
        }
    }

    private void adopt(SourceItem found, Item item, CompletableFuture<Void> adopted) {
        try {
            adoption.process(List.of(found), ProgressCatalog.NONE, (result, errors) -> new Progress("", 0, 0, errors));
        } catch (IOException | RuntimeException failure) {
            if (StorageFailure.of(failure).isEmpty()
                    && MatrixException.in(failure).isEmpty()) {
                log.error("{} could not be adopted", item.media().mxc(), failure);
            } else {
                log.warn("{} could not be adopted yet: {}", item.media().mxc(), StorageFailure.reason(failure));
            }
        } finally {
            served.remove(item.media().mxc());
            adopted.complete(null);
        }
    }

    /** The state of the pool that adopts what was requested. */
    public PoolState pool() {
        return adopting.state();
    }

    @Override
    public void close() {
        lookups.shutdownNow();
        adopting.shutdownNow();
    }
}
