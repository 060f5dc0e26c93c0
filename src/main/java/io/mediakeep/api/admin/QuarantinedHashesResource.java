package io.mediakeep.api.admin;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.Quarantine;
import io.mediakeep.api.Limited;
import io.mediakeep.api.OffsetPage;
import io.mediakeep.api.PageToken;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.media.quarantine.RestrictedHash;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;

/** {@code /_mediakeep/admin/v1/quarantined-hashes}: lists quarantined content, stored or not, and releases it by its hash. */
@Path("/_mediakeep/admin/v1/quarantined-hashes")
@Produces(MediaType.APPLICATION_JSON)
public final class QuarantinedHashesResource {
    private final Quarantine quarantine;
    private final Audit audit;

    /** A resource of this quarantine. */
    public QuarantinedHashesResource(Quarantine quarantine, Audit audit) {
        this.quarantine = quarantine;
        this.audit = audit;
    }

    /** The quarantined hashes, in order. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] list(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        int limit = OffsetPage.limit(parameters);
        List<String> after = PageToken.in(parameters, 1);
        List<RestrictedHash> hashes = quarantine.hashes(after.isEmpty() ? "" : after.get(0), limit);
        JsonArrayBuilder rows = JsonBody.array();
        hashes.forEach(hash -> rows.add(JsonBody.object()
                .add("sha256", hash.id().sha256())
                .add("quarantined_by", hash.by().value())
                .add("quarantined_ts", hash.since().toEpochMilli())));
        JsonObjectBuilder body = JsonBody.object().add("quarantined_hashes", rows);
        PageToken.after(hashes, limit, hash -> List.of(hash.id().sha256())).ifPresent(next -> body.add("next", next));
        return JsonBody.bytes(body);
    }

    /** Releases content, and all media with it. */
    @DELETE
    @Path("{sha256}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] release(@PathParam("sha256") String sha256, @Context ContainerRequestContext request) {
        int released = quarantine.unquarantine(BlockedHashesResource.id(sha256));
        audit.record(
                RequestProperties.requiredRequester(request).user(),
                "unquarantine hash",
                Map.of("sha256", sha256),
                Map.of("changed", (long) released));
        return JsonBody.bytes(JsonBody.object().add("released", released));
    }
}
