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
    private final ThumbnailResponses answers;

    /** Answers with these. */
    public ThumbnailResource(ThumbnailResponses answers) {
        this.answers = answers;
    }

    /** The thumbnail. */
    @GET
    @RequiresUser(guests = true)
    @Limited(Limit.THUMBNAIL)
    public CompletionStage<Response> thumbnail(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request) {
        return answers.answer(new ContentResponses.RequestedMedia(serverName, mediaId, true), request);
    }
}
