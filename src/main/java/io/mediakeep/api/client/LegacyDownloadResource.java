package io.mediakeep.api.client;

import io.mediakeep.api.Limited;
import io.mediakeep.api.Public;
import io.mediakeep.api.QuarantineBypass;
import io.mediakeep.api.client.ContentResponses.RequestedMedia;
import io.mediakeep.limits.Limit;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code GET} and {@code HEAD /_matrix/media/{r0,v1,v3}/download/{serverName}/{mediaId}[/{fileName}]}, deprecated in
 * favour of the authenticated endpoints.
 */
@Path("/_matrix/media/{version: r0|v1|v3}/download/{serverName}/{mediaId}")
public final class LegacyDownloadResource {
    private final DownloadResponses responses;

    /** Downloads with these responses. */
    public LegacyDownloadResource(DownloadResponses responses) {
        this.responses = responses;
    }

    /** The content. */
    @GET
    @Public
    @Limited(Limit.DOWNLOAD)
    @QuarantineBypass
    public CompletionStage<Response> download(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request) {
        return responses.response(new RequestedMedia(serverName, mediaId, false), Optional.empty(), request);
    }

    /** The content, with a file name of the client's choice. */
    @GET
    @Path("{fileName}")
    @Public
    @Limited(Limit.DOWNLOAD)
    @QuarantineBypass
    public CompletionStage<Response> download(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @PathParam("fileName") String fileName,
            @Context ContainerRequestContext request) {
        return responses.response(new RequestedMedia(serverName, mediaId, false), Optional.of(fileName), request);
    }
}
