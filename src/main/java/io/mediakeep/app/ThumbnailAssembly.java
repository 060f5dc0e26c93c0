package io.mediakeep.app;

import io.mediakeep.config.Config;
import io.mediakeep.maintenance.MaintenanceJobs;
import io.mediakeep.media.download.LastAccesses;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.thumbnail.KeptThumbnails;
import io.mediakeep.thumbnail.Painter;
import io.mediakeep.thumbnail.ThumbnailCatalog;
import io.mediakeep.thumbnail.ThumbnailLookups;
import io.mediakeep.thumbnail.Thumbnails;
import io.mediakeep.thumbnail.Variant;

/** Thumbnails: rendered on request, and stored. */
final class ThumbnailAssembly {
    final Thumbnails thumbnails;

    private final LastAccesses<Variant> accesses;

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
        KeptThumbnails stored = new KeptThumbnails(
                catalog, new ThumbnailLookups(catalog, announcements), accesses, storage.spools, storage.blobs);
        Painter painter = closer.register(new Painter(config.thumbnails()));
        this.thumbnails = new Thumbnails(media.downloads, stored, painter, media.readers);
    }

    /** Adds the periodic jobs. */
    void maintain(MaintenanceJobs jobs) {
        jobs.accesses("write the times of last access of thumbnails", accesses);
    }
}
