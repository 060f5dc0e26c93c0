package io.mediakeep.api.client;

import io.mediakeep.api.Limited;
import io.mediakeep.api.RequiresUser;
import io.mediakeep.limits.Limit;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** {@code GET} and {@code HEAD /_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}}. */
@Path("/_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}")
public final class ThumbnailResource {
    private final ThumbnailResponses responses;

    /** Thumbnails with these responses. */
    public ThumbnailResource(ThumbnailResponses responses) {
        this.responses = responses;
    }

    /** The thumbnail. */
    @GET
    @RequiresUser(guests = true)
    @Limited(Limit.THUMBNAIL)
    public CompletionStage<Response> thumbnail(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request) {
        return responses.response(new ContentResponses.RequestedMedia(serverName, mediaId, true), request);
    }
}
