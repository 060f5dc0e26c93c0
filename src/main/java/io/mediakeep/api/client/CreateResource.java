package io.mediakeep.api.client;

import io.mediakeep.api.Limited;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresUser;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.media.PendingMedia;
import io.mediakeep.media.upload.Uploads;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** {@code POST /_matrix/media/v1/create}. */
@Path("/_matrix/media/v1/create")
@Produces(MediaType.APPLICATION_JSON)
public final class CreateResource {
    private final Uploads uploads;

    /** Reserves URIs with these uploads. */
    public CreateResource(Uploads uploads) {
        this.uploads = uploads;
    }

    /** Reserves a content URI. */
    @POST
    @RequiresUser
    @Limited(Limit.CREATE)
    public byte[] create(@Context ContainerRequestContext request) {
        PendingMedia created =
                uploads.create(RequestProperties.requiredRequester(request).user());
        return JsonBody.bytes(JsonBody.object()
                .add("content_uri", created.mxc().toString())
                .add("unused_expires_at", created.expiresAt().toEpochMilli()));
    }
}
