package io.mediakeep.api.federation;

import io.mediakeep.api.Limited;
import io.mediakeep.api.RequiresServer;
import io.mediakeep.limits.Limit;
import io.mediakeep.media.download.Downloads;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** {@code GET} and {@code HEAD /_matrix/federation/v1/media/download/{mediaId}}. */
@Path("/_matrix/federation/v1/media/download/{mediaId}")
public final class FederationDownloadResource {
    private final FederationResponses responses;
    private final Downloads downloads;

    /** Downloads with these responses. */
    public FederationDownloadResource(FederationResponses responses, Downloads downloads) {
        this.responses = responses;
        this.downloads = downloads;
    }

    /** The content. */
    @GET
    @RequiresServer
    @Limited(Limit.FEDERATION)
    public CompletionStage<Response> download(
            @PathParam("mediaId") String mediaId, @Context ContainerRequestContext request) {
        return responses.response(downloads.openWhole(responses.downloadRequest(mediaId, request)), request);
    }
}
