package io.mediakeep.api.synapse;

import io.mediakeep.admin.search.MediaRecord;
import io.mediakeep.admin.search.UserMediaCatalog;
import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.UserId;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** {@code GET /_synapse/admin/v1/users/{userId}/media}. */
@Path("/_synapse/admin/v1/users/{userId}/media")
@Produces(MediaType.APPLICATION_JSON)
public final class UserMediaResource {
    private final UserMediaCatalog catalog;
    private final LocalUsers users;

    /** Lists the media of this catalog. */
    public UserMediaResource(UserMediaCatalog catalog, LocalUsers users) {
        this.catalog = catalog;
        this.users = users;
    }

    /** The media that a user uploaded; unknown users have the same response as users without any. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] list(@PathParam("userId") String userId, @Context UriInfo uri) {
        UserId user = users.require(userId);
        UserMediaParameters selection = UserMediaParameters.of(new Parameters(uri));
        List<MediaRecord> media = selection.find(catalog, user);
        long total = catalog.countUploadedBy(user);
        JsonArrayBuilder rows = JsonBody.array();
        media.forEach(row -> rows.add(SynapseMedia.ofUser(row)));
        JsonObjectBuilder body = JsonBody.object().add("media", rows).add("total", total);
        selection.page().next(total).ifPresent(next -> body.add("next_token", next));
        return JsonBody.bytes(body);
    }
}
