package io.mediakeep.api.synapse;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.Quarantine;
import io.mediakeep.api.Limited;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code POST /_synapse/admin/v1/media/quarantine/{serverName}/{mediaId}} and {@code …/unquarantine/…}. */
@Path("/_synapse/admin/v1/media/{action: quarantine|unquarantine}/{serverName}/{mediaId}")
@Produces(MediaType.APPLICATION_JSON)
public final class QuarantineResource {
    private final Quarantine quarantine;
    private final Audit audit;

    /** A resource of this quarantine. */
    public QuarantineResource(Quarantine quarantine, Audit audit) {
        this.quarantine = quarantine;
        this.audit = audit;
    }

    /** Quarantines or releases the content of media; the response is the same for media that is not stored. */
    @POST
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] change(
            @PathParam("action") String action,
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request) {
        Mxc mxc = Mxc.requested(serverName, mediaId);
        UserId by = RequestProperties.requiredRequester(request).user();
        long changed = action.equals("quarantine") ? quarantine.quarantine(mxc, by) : quarantine.unquarantine(mxc);
        audit.record(by, action + " media", Map.of("media", mxc.toString()), Map.of("changed", changed));
        return JsonBody.bytes(JsonBody.object());
    }
}
