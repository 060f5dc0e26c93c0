package io.mediakeep.api.client;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresUser;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.upload.Uploads;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /_matrix/media/{r0,v1,v3}/config} and {@code GET /_matrix/client/v1/media/config}. */
@Path("/_matrix/{prefix: media/r0|media/v1|media/v3|client/v1/media}/config")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaConfigResource {
    private final Uploads uploads;

    /** The configuration of these uploads. */
    public MediaConfigResource(Uploads uploads) {
        this.uploads = uploads;
    }

    /** The maximum size of an upload of the caller. */
    @GET
    @RequiresUser
    public byte[] config(@Context ContainerRequestContext request) {
        UserId user = RequestProperties.requiredRequester(request).user();
        return JsonBody.bytes(JsonBody.object().add("m.upload.size", uploads.maxSize(user)));
    }
}
