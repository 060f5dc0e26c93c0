package io.mediakeep.api.synapse;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.Quarantine;
import io.mediakeep.admin.RoomMedia;
import io.mediakeep.api.Limited;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.UserId;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * {@code POST /_synapse/admin/v1/room/{roomId}/media/quarantine} and the older {@code
 * /_synapse/admin/v1/quarantine_media/{roomId}}.
 */
@Path("/_synapse/admin/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomQuarantineResource {
    private final RoomMedia rooms;
    private final Quarantine quarantine;
    private final Audit audit;
    private final Executor executor;

    /** @param executor quarantines the media once the homeserver has listed it; its threads may block */
    public RoomQuarantineResource(RoomMedia rooms, Quarantine quarantine, Audit audit, Executor executor) {
        this.rooms = rooms;
        this.quarantine = quarantine;
        this.audit = audit;
        this.executor = executor;
    }

    /** Quarantines the content of all media in the unencrypted events of a room, as the homeserver lists it. */
    @POST
    @Path("room/{roomId}/media/quarantine")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> quarantine(
            @PathParam("roomId") String roomId, @Context ContainerRequestContext request) {
        UserId by = RequestProperties.requiredRequester(request).user();
        return DeferredResponse.of(rooms.of(roomId, RequestProperties.requiredCredentials(request))
                .thenApplyAsync(
                        media -> {
                            long quarantined = quarantine.quarantine(media.distinct(), by);
                            audit.record(
                                    by,
                                    "quarantine media of room",
                                    Map.of("room", roomId),
                                    Map.of("changed", quarantined));
                            return JsonBody.bytes(JsonBody.object().add("num_quarantined", quarantined));
                        },
                        executor));
    }

    /** The same under the older path. */
    @POST
    @Path("quarantine_media/{roomId}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> quarantineLegacy(
            @PathParam("roomId") String roomId, @Context ContainerRequestContext request) {
        return quarantine(roomId, request);
    }
}
