package io.mediakeep.app;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.AuditCatalog;
import io.mediakeep.admin.DisplayNames;
import io.mediakeep.admin.RoomMedia;
import io.mediakeep.admin.search.BoundedQueryCatalog;
import io.mediakeep.admin.search.MediaSearchCatalog;
import io.mediakeep.admin.search.UsageReportCatalog;
import io.mediakeep.admin.search.UserMediaCatalog;
import io.mediakeep.admin.search.UserStatisticsCatalog;
import io.mediakeep.api.admin.AuditResource;
import io.mediakeep.api.admin.HealthResource;
import io.mediakeep.api.admin.MediaSearchResource;
import io.mediakeep.api.admin.UsageResource;
import io.mediakeep.api.synapse.LocalUsers;
import io.mediakeep.api.synapse.MediaInfoResource;
import io.mediakeep.api.synapse.RoomMediaResource;
import io.mediakeep.api.synapse.UserMediaResource;
import io.mediakeep.api.synapse.UserStatisticsResource;
import io.mediakeep.auth.AuthSettings;
import io.mediakeep.auth.HomeserverRequests;
import io.mediakeep.config.Config;
import io.mediakeep.health.Health;
import io.mediakeep.maintenance.MaintenanceJobs;
import java.util.HashMap;
import java.util.Map;

/** What administrators can do, and the resources for them. */
final class AdministrationAssembly {
    final Audit audit;
    final RoomMedia rooms;

    private final UserMediaCatalog userMedia;
    private final Map<Class<?>, Object> resources = new HashMap<>();

    /**
     * Administration of what is in this storage.
     *
     * @param auth with the generated token
     */
    AdministrationAssembly(Config config, AuthSettings auth, StorageAssembly storage, Health health, Closer closer) {
        AuditCatalog auditCatalog = new AuditCatalog(storage.transactions);
        this.audit = new Audit(auditCatalog, storage.clock);
        HomeserverRequests homeserver = closer.register(new HomeserverRequests(auth));
        BoundedQueryCatalog queries = new BoundedQueryCatalog(storage.transactions);
        this.userMedia = new UserMediaCatalog(queries);
        LocalUsers users = new LocalUsers(config.serverName());
        this.rooms = new RoomMedia(homeserver);

        resources.put(HealthResource.class, new HealthResource(health));
        resources.put(AuditResource.class, new AuditResource(auditCatalog));
        resources.put(MediaInfoResource.class, new MediaInfoResource(userMedia));
        resources.put(UserMediaResource.class, new UserMediaResource(userMedia, users));
        resources.put(
                UserStatisticsResource.class,
                new UserStatisticsResource(new UserStatisticsCatalog(queries), new DisplayNames(homeserver)));
        resources.put(RoomMediaResource.class, new RoomMediaResource(rooms));
        resources.put(MediaSearchResource.class, new MediaSearchResource(new MediaSearchCatalog(queries)));
        resources.put(UsageResource.class, new UsageResource(new UsageReportCatalog(queries, storage.clock)));
    }

    /** Adds the periodic jobs. */
    void maintain(MaintenanceJobs jobs) {
        jobs.audit(audit);
    }

    /** The resources, by class. */
    Map<Class<?>, Object> resources(RemovalAssembly removals) {
        Map<Class<?>, Object> all = new HashMap<>(removals.resources(audit, userMedia));
        all.putAll(resources);
        return all;
    }
}
