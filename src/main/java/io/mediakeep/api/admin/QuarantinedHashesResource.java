package io.mediakeep.api.admin;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.Quarantine;
import io.mediakeep.api.Limited;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
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
        return RestrictedHashes.page("quarantined", quarantine::hashes, uri);
    }

    /** Releases content, and all media with it. */
    @DELETE
    @Path("{sha256}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] release(@PathParam("sha256") String sha256, @Context ContainerRequestContext request) {
        int released = quarantine.unquarantine(RestrictedHashes.id(sha256));
        audit.record(
                RequestProperties.requiredRequester(request).user(),
                "unquarantine hash",
                Map.of("sha256", sha256),
                Map.of("changed", (long) released));
        return JsonBody.bytes(JsonBody.object().add("released", released));
    }
}
