package io.mediakeep.api.client;

import io.mediakeep.api.Limited;
import io.mediakeep.api.Public;
import io.mediakeep.limits.Limit;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/**
 * {@code GET} and {@code HEAD /_matrix/media/{r0,v1,v3}/thumbnail/{serverName}/{mediaId}}, deprecated in favour of the
 * authenticated endpoint.
 */
@Path("/_matrix/media/{version: r0|v1|v3}/thumbnail/{serverName}/{mediaId}")
public final class LegacyThumbnailResource {
    private final ThumbnailResponses responses;

    /** Thumbnails with these responses. */
    public LegacyThumbnailResource(ThumbnailResponses responses) {
        this.responses = responses;
    }

    /** The thumbnail. */
    @GET
    @Public
    @Limited(Limit.THUMBNAIL)
    public CompletionStage<Response> thumbnail(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request) {
        return responses.response(new ContentResponses.RequestedMedia(serverName, mediaId, false), request);
    }
}
