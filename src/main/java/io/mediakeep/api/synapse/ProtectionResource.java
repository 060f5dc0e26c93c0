package io.mediakeep.api.synapse;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.Quarantine;
import io.mediakeep.api.Limited;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code POST /_synapse/admin/v1/media/protect/{mediaId}} and {@code …/unprotect/{mediaId}}, for local media. */
@Path("/_synapse/admin/v1/media/{action: protect|unprotect}/{mediaId}")
@Produces(MediaType.APPLICATION_JSON)
public final class ProtectionResource {
    private final ServerName localServer;
    private final Quarantine quarantine;
    private final Audit audit;

    /** A resource of this quarantine, for the media of this server. */
    public ProtectionResource(ServerName localServer, Quarantine quarantine, Audit audit) {
        this.localServer = localServer;
        this.quarantine = quarantine;
        this.audit = audit;
    }

    /** Protects media from quarantine, or no longer; the response is the same for media that is not stored. */
    @POST
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] protect(
            @PathParam("action") String action,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request) {
        Mxc mxc = Mxc.requested(localServer.value(), mediaId);
        boolean exists = quarantine.protect(mxc, action.equals("protect"));
        audit.record(
                RequestProperties.requiredRequester(request).user(),
                action + " media",
                Map.of("media", mxc.toString()),
                Map.of("changed", exists ? 1L : 0L));
        return JsonBody.bytes(JsonBody.object());
    }
}
