package io.mediakeep.app;

import io.mediakeep.config.Config;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.metrics.Metrics;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.thumbnail.ThumbnailCache;
import io.mediakeep.thumbnail.ThumbnailCatalog;
import io.mediakeep.thumbnail.ThumbnailKey;
import io.mediakeep.thumbnail.ThumbnailRenderer;
import io.mediakeep.thumbnail.ThumbnailStore;
import io.mediakeep.thumbnail.Thumbnails;

/** Thumbnails: rendered on request, and stored. */
final class ThumbnailAssembly {
    private static final String FORMAT = "format";

    final Thumbnails thumbnails;
    final ThumbnailCatalog catalog;

    private final LastAccesses<ThumbnailKey> accesses;
    private final ThumbnailStore stored;
    private final ThumbnailRenderer renderer;

    /**
     * As configured.
     *
     * @param closer closes the renderer
     */
    ThumbnailAssembly(Config config, StorageAssembly storage, MediaAssembly media, Closer closer) {
        Announcements announcements = storage.database.announcements();
        this.catalog = new ThumbnailCatalog(
                storage.transactions,
                announcements,
                storage.blobCatalog,
                config.thumbnails().maxVariants(),
                storage.clock);
        this.accesses = new LastAccesses<>(catalog::used, storage.clock);
        closer.register(accesses::write);
        this.stored = new ThumbnailStore(
                catalog, new ThumbnailCache(catalog, announcements), accesses, storage.spools, storage.blobs);
        this.renderer = closer.register(new ThumbnailRenderer(config.thumbnails()));
        this.thumbnails = new Thumbnails(media.downloads, stored, renderer, media.readers);
    }

    /** Adds the periodic jobs. */
    void maintain(MaintenanceJobs jobs) {
        jobs.accesses("write the times of last access of thumbnails", accesses);
    }

    /** Registers the metrics. */
    void measure(Metrics metrics) {
        metrics.counters(
                "mediakeep_thumbnails_rendered", "Rendered thumbnails by source format", FORMAT, renderer.rendered());
        metrics.counters(
                "mediakeep_thumbnails_stored", "Rendered thumbnails that were stored", FORMAT, stored.stored());
        metrics.counters(
                "mediakeep_thumbnails_rejected",
                "Contents that are no image, or a corrupt or too large one",
                FORMAT,
                renderer.rejected());
        metrics.pool("thumbnails", renderer::pool);
        metrics.gauge(
                "mediakeep_thumbnails_memory_used_bytes", "Reserved for images in rendering", renderer::usedMemory);
        metrics.gauge("mediakeep_thumbnails_memory_bytes", "The budget for images in rendering", renderer::memory);
    }
}
