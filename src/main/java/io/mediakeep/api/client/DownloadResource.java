package io.mediakeep.api.client;

import io.mediakeep.api.Limited;
import io.mediakeep.api.QuarantineBypass;
import io.mediakeep.api.RequiresUser;
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

/** {@code GET} and {@code HEAD /_matrix/client/v1/media/download/{serverName}/{mediaId}[/{fileName}]}. */
@Path("/_matrix/client/v1/media/download/{serverName}/{mediaId}")
public final class DownloadResource {
    private final DownloadResponses responses;

    /** Downloads with these responses. */
    public DownloadResource(DownloadResponses responses) {
        this.responses = responses;
    }

    /** The content. */
    @GET
    @RequiresUser(guests = true)
    @Limited(Limit.DOWNLOAD)
    @QuarantineBypass
    public CompletionStage<Response> download(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request) {
        return responses.response(new RequestedMedia(serverName, mediaId, true), Optional.empty(), request);
    }

    /** The content, with a file name of the client's choice. */
    @GET
    @Path("{fileName}")
    @RequiresUser(guests = true)
    @Limited(Limit.DOWNLOAD)
    @QuarantineBypass
    public CompletionStage<Response> download(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @PathParam("fileName") String fileName,
            @Context ContainerRequestContext request) {
        return responses.response(new RequestedMedia(serverName, mediaId, true), Optional.of(fileName), request);
    }
}
