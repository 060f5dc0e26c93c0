package io.mediakeep.api.synapse;

import io.mediakeep.admin.RoomMedia;
import io.mediakeep.admin.RoomMedia.MediaOfRoom;
import io.mediakeep.api.Limited;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.auth.HomeserverRequests;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code GET /_synapse/admin/v1/room/{roomId}/media}. */
@Path("/_synapse/admin/v1/room/{roomId}/media")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomMediaResource {
    private final RoomMedia rooms;

    /** Lists the media of these rooms. */
    public RoomMediaResource(RoomMedia rooms) {
        this.rooms = rooms;
    }

    /** The media in the unencrypted events of a room, as the homeserver lists it. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> list(@PathParam("roomId") String roomId, @Context ContainerRequestContext request) {
        if (HomeserverRequests.isOwn(request.getHeaderString(HomeserverRequests.LOOP_HEADER))) {
            throw MatrixException.loopDetected("This is Mediakeep and not the homeserver; correct auth.homeserver-url");
        }
        return DeferredResponse.of(
                rooms.of(roomId, RequestProperties.requiredCredentials(request)).thenApply(RoomMediaResource::body));
    }

    private static byte[] body(MediaOfRoom media) {
        return JsonBody.bytes(
                JsonBody.object().add("local", uris(media.local())).add("remote", uris(media.remote())));
    }

    private static JsonArrayBuilder uris(List<Mxc> media) {
        JsonArrayBuilder uris = JsonBody.array();
        media.forEach(mxc -> uris.add(mxc.toString()));
        return uris;
    }
}
