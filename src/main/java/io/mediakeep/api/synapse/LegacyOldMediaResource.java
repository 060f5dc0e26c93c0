package io.mediakeep.api.synapse;

import io.mediakeep.api.Limited;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** {@code POST /_synapse/admin/v1/media/{serverName}/delete}: the earlier path of {@code /media/delete}. */
@Path("/_synapse/admin/v1/media/{serverName}/delete")
@Produces(MediaType.APPLICATION_JSON)
public final class LegacyOldMediaResource {
    private final OldMediaResource current;
    private final ServerName localServer;

    /** Deletes media of this server. */
    public LegacyOldMediaResource(OldMediaResource current, ServerName localServer) {
        this.current = current;
        this.localServer = localServer;
    }

    /** As {@link OldMediaResource#deleteLocal}, for the name of this server only. */
    @POST
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> delete(
            @PathParam("serverName") String serverName, @Context ContainerRequestContext request) {
        if (!serverName.equals(localServer.value())) {
            throw MatrixException.badRequest("Can only delete local media");
        }
        return current.deleteLocal(request);
    }
}
