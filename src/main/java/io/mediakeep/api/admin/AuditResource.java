package io.mediakeep.api.admin;

import io.mediakeep.admin.AuditCatalog;
import io.mediakeep.admin.AuditEntry;
import io.mediakeep.api.Limited;
import io.mediakeep.api.OffsetPage;
import io.mediakeep.api.PageToken;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** {@code GET /_mediakeep/admin/v1/audit}. */
@Path("/_mediakeep/admin/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
    private final AuditCatalog catalog;

    /** Shows the entries of this catalog. */
    public AuditResource(AuditCatalog catalog) {
        this.catalog = catalog;
    }

    /** What administrators did, the newest first. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] audit(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        int limit = OffsetPage.limit(parameters);
        List<AuditEntry> entries = catalog.newest(PageToken.numberIn(parameters, Long.MAX_VALUE), limit);
        JsonArrayBuilder rows = JsonBody.array();
        entries.forEach(entry -> rows.add(json(entry)));
        JsonObjectBuilder body = JsonBody.object().add("audit", rows);
        PageToken.after(entries, limit, entry -> List.of(String.valueOf(entry.id())))
                .ifPresent(next -> body.add("next", next));
        return JsonBody.bytes(body);
    }

    private static JsonObjectBuilder json(AuditEntry entry) {
        return JsonBody.object()
                .add("recorded_ts", entry.recordedAt().toEpochMilli())
                .add("administrator", entry.administrator().value())
                .add("action", entry.action())
                .add("parameters", entry.parameters())
                .add("counts", entry.counts());
    }
}
