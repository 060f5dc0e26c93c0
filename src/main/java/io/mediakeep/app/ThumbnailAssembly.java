package io.mediakeep.app;

import io.mediakeep.config.Config;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.thumbnail.ThumbnailCache;
import io.mediakeep.thumbnail.ThumbnailCatalog;
import io.mediakeep.thumbnail.ThumbnailKey;
import io.mediakeep.thumbnail.ThumbnailRenderer;
import io.mediakeep.thumbnail.ThumbnailStore;
import io.mediakeep.thumbnail.Thumbnails;

/** Thumbnails: rendered on request, and stored. */
final class ThumbnailAssembly {
    final Thumbnails thumbnails;

    private final LastAccesses<ThumbnailKey> accesses;

    /**
     * As configured.
     *
     * @param closer closes the renderer
     */
    ThumbnailAssembly(Config config, StorageAssembly storage, MediaAssembly media, Closer closer) {
        Announcements announcements = storage.database.announcements();
        ThumbnailCatalog catalog = new ThumbnailCatalog(
                storage.transactions,
                announcements,
                storage.blobCatalog,
                config.thumbnails().maxVariants(),
                storage.clock);
        this.accesses = new LastAccesses<>(catalog::used, storage.clock);
        closer.register(accesses::write);
        ThumbnailStore stored = new ThumbnailStore(
                catalog, new ThumbnailCache(catalog, announcements), accesses, storage.spools, storage.blobs);
        ThumbnailRenderer renderer = closer.register(new ThumbnailRenderer(config.thumbnails()));
        this.thumbnails = new Thumbnails(media.downloads, stored, renderer, media.readers);
    }

    /** Adds the periodic jobs. */
    void maintain(MaintenanceJobs jobs) {
        jobs.accesses("write the times of last access of thumbnails", accesses);
    }
}
