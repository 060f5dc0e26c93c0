package io.mediakeep.api.federation;

import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresServer;
import io.mediakeep.api.ThumbnailParameters;
import io.mediakeep.limits.Limit;
import io.mediakeep.thumbnail.ThumbnailSpec;
import io.mediakeep.thumbnail.Thumbnails;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** {@code GET} and {@code HEAD /_matrix/federation/v1/media/thumbnail/{mediaId}}. */
@Path("/_matrix/federation/v1/media/thumbnail/{mediaId}")
public final class FederationThumbnailResource {
    private final FederationResponses responses;
    private final Thumbnails thumbnails;
    private final ThumbnailParameters parameters;

    /** Thumbnails with these responses. */
    public FederationThumbnailResource(
            FederationResponses responses, Thumbnails thumbnails, ThumbnailParameters parameters) {
        this.responses = responses;
        this.thumbnails = thumbnails;
        this.parameters = parameters;
    }

    /** The thumbnail. */
    @GET
    @RequiresServer
    @Limited(Limit.FEDERATION)
    public CompletionStage<Response> thumbnail(
            @PathParam("mediaId") String mediaId, @Context ContainerRequestContext request) {
        ThumbnailSpec spec = parameters.spec(new Parameters(request.getUriInfo()));
        return responses.response(thumbnails.open(responses.downloadRequest(mediaId, request), spec), request);
    }
}
