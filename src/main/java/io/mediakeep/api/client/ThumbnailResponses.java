package io.mediakeep.api.client;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.ThumbnailParameters;
import io.mediakeep.thumbnail.ThumbnailSpec;
import io.mediakeep.thumbnail.Thumbnails;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Responses of the thumbnail endpoints. */
public final class ThumbnailResponses {
    private final ContentResponses contentResponses;
    private final Thumbnails thumbnails;
    private final ThumbnailParameters parameters;

    /** Responses with these thumbnails. */
    public ThumbnailResponses(
            ContentResponses contentResponses, Thumbnails thumbnails, ThumbnailParameters parameters) {
        this.contentResponses = contentResponses;
        this.thumbnails = thumbnails;
        this.parameters = parameters;
    }

    /** The thumbnail. */
    CompletionStage<Response> response(ContentResponses.RequestedMedia media, ContainerRequestContext request) {
        ThumbnailSpec spec = parameters.spec(new Parameters(request.getUriInfo()));
        return contentResponses.response(
                thumbnails.open(contentResponses.downloadRequest(media, request), spec),
                media.authenticated(),
                request);
    }
}
