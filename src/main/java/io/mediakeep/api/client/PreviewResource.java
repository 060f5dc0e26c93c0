package io.mediakeep.api.client;

import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresUser;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.limits.Limit;
import io.mediakeep.preview.PreviewRequest;
import io.mediakeep.preview.Previews;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code GET /_matrix/media/{r0,v1,v3}/preview_url} and {@code GET /_matrix/client/v1/media/preview_url}. */
@Path("/_matrix/{prefix: media/r0|media/v1|media/v3|client/v1/media}/preview_url")
@Produces(MediaType.APPLICATION_JSON)
public final class PreviewResource {
    private final Previews previews;

    /** A resource of these previews. */
    public PreviewResource(Previews previews) {
        this.previews = previews;
    }

    /**
     * The preview of a page, current or as near as possible to a point in time. No thread waits for a site: a preview
     * that is not cached is a {@link CompletionStage}; a cached one is returned directly, on the thread of the request.
     */
    @GET
    @RequiresUser
    @Limited(Limit.PREVIEW)
    public Object preview(@Context ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        PreviewRequest previewRequest = new PreviewRequest(
                parameters.requiredText("url"),
                parameters.milliseconds("ts").map(since1970 -> Instant.EPOCH.plus(since1970)),
                Optional.ofNullable(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)),
                RequestProperties.caller(request));
        CompletableFuture<String> response = new CompletableFuture<>();
        previews.preview(previewRequest)
                .whenComplete((json, failure) -> DeferredResponse.complete(response, json, failure));
        return response.isDone() && !response.isCompletedExceptionally() ? response.join() : response;
    }
}
