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
    private final FederationResponses answers;
    private final Thumbnails thumbnails;
    private final ThumbnailParameters wish;

    /** Answers with these thumbnails, as they are wished for. */
    public FederationThumbnailResource(FederationResponses answers, Thumbnails thumbnails, ThumbnailParameters wish) {
        this.answers = answers;
        this.thumbnails = thumbnails;
        this.wish = wish;
    }

    /** The thumbnail. */
    @GET
    @RequiresServer
    @Limited(Limit.FEDERATION)
    public CompletionStage<Response> thumbnail(
            @PathParam("mediaId") String mediaId, @Context ContainerRequestContext request) {
        ThumbnailSpec spec = wish.of(new Parameters(request.getUriInfo()));
        return answers.answer(thumbnails.open(answers.requested(mediaId, request), spec), request);
    }
}
