package io.mediakeep.api.synapse;

import io.mediakeep.admin.removal.RemovalResult;
import io.mediakeep.api.Limited;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code DELETE /_synapse/admin/v1/media/{serverName}/{mediaId}}. */
@Path("/_synapse/admin/v1/media/{serverName}/{mediaId}")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaDeletionResource {
    private final Deletions deletions;
    private final ServerName localServer;

    /** Deletes media of this server. */
    public MediaDeletionResource(Deletions deletions, ServerName localServer) {
        this.deletions = deletions;
        this.localServer = localServer;
    }

    /** Deletes one local item, also a quarantined or protected one. */
    @DELETE
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> delete(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request) {
        Mxc mxc = Mxc.requested(serverName, mediaId);
        if (!mxc.server().equals(localServer)) {
            throw MatrixException.badRequest("Can only delete local media");
        }
        return deletions.respond(
                request,
                Map.of("media", mxc.toString()),
                deletions.removals().run(List.of(mxc)),
                result -> Deletions.list(required(result)));
    }

    private static RemovalResult required(RemovalResult result) {
        if (result.count() == 0) {
            throw MatrixException.notFound();
        }
        return result;
    }
}
