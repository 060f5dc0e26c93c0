package io.mediakeep.api.synapse;

import io.mediakeep.admin.search.MediaRecord;
import io.mediakeep.admin.search.UserMediaCatalog;
import io.mediakeep.api.Limited;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /_synapse/admin/v1/media/{serverName}/{mediaId}}. */
@Path("/_synapse/admin/v1/media/{serverName}/{mediaId}")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaInfoResource {
    private final UserMediaCatalog catalog;

    /** Shows the media of this catalog. */
    public MediaInfoResource(UserMediaCatalog catalog) {
        this.catalog = catalog;
    }

    /** What is known of media, local or cached; nothing is fetched. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] info(@PathParam("serverName") String serverName, @PathParam("mediaId") String mediaId) {
        MediaRecord media = catalog.find(Mxc.requested(serverName, mediaId)).orElseThrow(MatrixException::notFound);
        return JsonBody.bytes(JsonBody.object().add("media_info", SynapseMedia.info(media)));
    }
}
