package io.mediakeep.api.client;

import io.mediakeep.api.Limited;
import io.mediakeep.api.RequiresUser;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.upload.Uploads;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** {@code POST /_matrix/media/{r0,v1,v3}/upload} and {@code PUT /_matrix/media/v3/upload/{serverName}/{mediaId}}. */
@Path("/_matrix/media/{version: r0|v1|v3}/upload")
@Produces(MediaType.APPLICATION_JSON)
public final class UploadResource {
    private final Uploads uploads;

    /** A resource of these uploads. */
    public UploadResource(Uploads uploads) {
        this.uploads = uploads;
    }

    /** Uploads content; returns its content URI. */
    @POST
    @RequiresUser
    @Limited(Limit.UPLOAD)
    public CompletionStage<byte[]> upload(@Context ContainerRequestContext request) throws IOException {
        return DeferredResponse.of(uploads.upload(UploadRequest.of(request))
                .thenApply(mxc -> JsonBody.bytes(JsonBody.object().add("content_uri", mxc.toString()))));
    }

    /** Uploads the content of a reserved URI. */
    @PUT
    @Path("{serverName}/{mediaId}")
    @RequiresUser
    @Limited(Limit.UPLOAD)
    public CompletionStage<byte[]> complete(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request)
            throws IOException {
        return DeferredResponse.of(uploads.complete(Mxc.requested(serverName, mediaId), UploadRequest.of(request))
                .thenApply(stored -> JsonBody.bytes(JsonBody.object())));
    }
}
