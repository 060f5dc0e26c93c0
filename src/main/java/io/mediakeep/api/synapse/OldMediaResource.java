package io.mediakeep.api.synapse;

import io.mediakeep.admin.removal.MediaSelection;
import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.media.MediaRow.Kind;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /_synapse/admin/v1/media/delete} and {@code POST /_synapse/admin/v1/purge_media_cache}: they delete media
 * that was not accessed for long, except quarantined and protected media.
 */
@Path("/_synapse/admin/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class OldMediaResource {
    private final Deletions deletions;

    /** Deletes media of this server. */
    public OldMediaResource(Deletions deletions) {
        this.deletions = deletions;
    }

    /** Deletes local media. */
    @POST
    @Path("media/delete")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> deleteLocal(@Context ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        MediaSelection selection = MediaSelection.unused(
                Kind.LOCAL, DeletionTime.of(parameters), OptionalLong.of(parameters.number("size_gt", 0)));
        boolean keepAvatars = parameters.flag("keep_profiles", true);
        return deletions.respond(
                request,
                Map.of(
                        "before_ts", parameters.requiredText("before_ts"),
                        "size_gt", String.valueOf(selection.largerThan().orElse(0)),
                        "keep_profiles", String.valueOf(keepAvatars)),
                deletions.removals().run(selection.plan(keepAvatars, false)),
                Deletions::list);
    }

    /** Deletes copies of other servers' media. */
    @POST
    @Path("purge_media_cache")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> purgeRemote(@Context ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        MediaSelection selection =
                MediaSelection.unused(Kind.REMOTE, DeletionTime.of(parameters), OptionalLong.empty());
        return deletions.respond(
                request,
                Map.of("kind", "remote", "before_ts", parameters.requiredText("before_ts")),
                deletions.removals().run(selection.plan(false, false)),
                result -> JsonBody.object().add("deleted", result.count()));
    }
}
