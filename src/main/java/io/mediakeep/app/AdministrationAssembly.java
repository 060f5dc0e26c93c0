package io.mediakeep.app;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.AuditCatalog;
import io.mediakeep.api.admin.AuditResource;
import io.mediakeep.api.admin.HealthResource;
import io.mediakeep.health.Health;
import io.mediakeep.maintenance.MaintenanceJobs;
import java.util.Map;

/** What administrators can do, and the resources for them. */
final class AdministrationAssembly {
    private final AuditCatalog auditCatalog;
    private final Audit audit;
    private final Health health;

    /** Administration of what is in this storage. */
    AdministrationAssembly(StorageAssembly storage, Health health) {
        this.auditCatalog = new AuditCatalog(storage.transactions);
        this.audit = new Audit(auditCatalog, storage.clock);
        this.health = health;
    }

    /** Adds the periodic jobs. */
    void maintain(MaintenanceJobs jobs) {
        jobs.audit(audit);
    }

    /** The resources, by class. */
    Map<Class<?>, Object> resources() {
        return Map.of(
                AuditResource.class, new AuditResource(auditCatalog),
                HealthResource.class, new HealthResource(health));
    }
}
