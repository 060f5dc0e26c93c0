package io.mediakeep.app;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.BlockedHashes;
import io.mediakeep.admin.Quarantine;
import io.mediakeep.api.admin.BlockedHashesResource;
import io.mediakeep.api.admin.BlockedHashesTextResource;
import io.mediakeep.api.admin.QuarantinedHashesResource;
import io.mediakeep.api.synapse.ProtectionResource;
import io.mediakeep.api.synapse.QuarantineChangesResource;
import io.mediakeep.api.synapse.QuarantineResource;
import io.mediakeep.api.synapse.RoomQuarantineResource;
import io.mediakeep.api.synapse.UserQuarantineResource;
import io.mediakeep.config.Config;
import io.mediakeep.media.QuarantineCatalog;
import io.mediakeep.media.quarantine.HashRestrictionCatalog;
import io.mediakeep.media.quarantine.QuarantineChangeCatalog;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.thumbnail.ThumbnailCatalog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** Quarantine and blocked hashes, and the resources for them. */
final class QuarantineAssembly {
    final Quarantine quarantine;

    private final Audit audit;
    private final BlockedHashes blocked;
    private final Map<Class<?>, Object> resources;

    /** @param executor stores imported hashes, and quarantines the media of rooms; its threads may block */
    QuarantineAssembly(
            Config config,
            StorageAssembly storage,
            ThumbnailCatalog thumbnails,
            AdministrationAssembly administration,
            Executor executor) {
        this.audit = administration.audit;
        Announcements announcements = storage.database.announcements();
        HashRestrictionCatalog hashes = new HashRestrictionCatalog(storage.transactions, storage.clock);
        QuarantineCatalog media = new QuarantineCatalog(storage.transactions, announcements, hashes);
        this.quarantine = new Quarantine(config.serverName(), media, thumbnails, announcements);
        this.blocked = new BlockedHashes(hashes, thumbnails);
        QuarantineChangeCatalog changes = new QuarantineChangeCatalog(storage.transactions);
        this.resources = Map.of(
                QuarantineResource.class, new QuarantineResource(quarantine, audit),
                UserQuarantineResource.class, new UserQuarantineResource(quarantine, audit),
                RoomQuarantineResource.class,
                        new RoomQuarantineResource(administration.rooms, quarantine, audit, executor),
                ProtectionResource.class, new ProtectionResource(config.serverName(), quarantine, audit),
                QuarantineChangesResource.class, new QuarantineChangesResource(changes),
                QuarantinedHashesResource.class, new QuarantinedHashesResource(quarantine, audit),
                BlockedHashesTextResource.class, new BlockedHashesTextResource(blocked, audit, executor));
    }

    /** The resources, by class. */
    Map<Class<?>, Object> resources(RemovalAssembly removals) {
        Map<Class<?>, Object> all = new HashMap<>(resources);
        all.put(
                BlockedHashesResource.class,
                new BlockedHashesResource(blocked, audit, removals.start(audit), removals.removal()));
        return all;
    }
}
