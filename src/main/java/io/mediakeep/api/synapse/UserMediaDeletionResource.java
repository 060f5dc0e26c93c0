package io.mediakeep.api.synapse;

import io.mediakeep.admin.search.UserMediaCatalog;
import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code DELETE /_synapse/admin/v1/users/{userId}/media}. */
@Path("/_synapse/admin/v1/users/{userId}/media")
@Produces(MediaType.APPLICATION_JSON)
public final class UserMediaDeletionResource {
    private final UserMediaCatalog catalog;
    private final LocalUsers users;
    private final Deletions deletions;

    /** Deletes the media of this catalog. */
    public UserMediaDeletionResource(UserMediaCatalog catalog, LocalUsers users, Deletions deletions) {
        this.catalog = catalog;
        this.users = users;
        this.deletions = deletions;
    }

    /** Deletes the page of a user's media that the same parameters list: by default the 100 newest. */
    @DELETE
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> delete(
            @PathParam("userId") String userId, @Context ContainerRequestContext request) {
        UserId user = users.require(userId);
        UserMediaParameters selection = UserMediaParameters.of(new Parameters(request.getUriInfo()));
        List<Mxc> media = selection.find(catalog, user).stream()
                .map(row -> new Mxc(new ServerName(row.origin()), row.mediaId()))
                .toList();
        return deletions.respond(
                request, Map.of("user", user.value()), deletions.removals().run(media), Deletions::list);
    }
}
