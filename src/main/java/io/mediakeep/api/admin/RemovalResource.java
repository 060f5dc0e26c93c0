package io.mediakeep.api.admin;

import io.mediakeep.admin.removal.MediaSelection;
import io.mediakeep.admin.removal.RemovalParameters;
import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.blob.BlobId;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
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
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** {@code DELETE /_mediakeep/admin/v1/media…}: removals as jobs. With {@code dry_run=true} the job only counts. */
@Path("/_mediakeep/admin/v1/media")
@Produces(MediaType.APPLICATION_JSON)
public final class RemovalResource {
    private final JobStart start;
    private final JobKind removal;

    /** Starts jobs of this kind. */
    public RemovalResource(JobStart start, JobKind removal) {
        this.start = start;
        this.removal = removal;
    }

    /** Removes one item, local or remote. */
    @DELETE
    @Path("{serverName}/{mediaId}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response remove(
            @PathParam("serverName") String serverName,
            @PathParam("mediaId") String mediaId,
            @Context ContainerRequestContext request) {
        return start(Optional.of(Mxc.requested(serverName, mediaId)), request);
    }

    /** Removes what meets all of the given criteria, of which there is at least one. */
    @DELETE
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response remove(@Context ContainerRequestContext request) {
        return start(Optional.empty(), request);
    }

    private Response start(Optional<Mxc> media, ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        MediaSelection selection = selection(media, parameters);
        if (selection.isEmpty()) {
            throw MatrixException.missingParam(
                    "origin, uploader, hash, kind, accessed_before_ts, larger_than or quarantined");
        }
        boolean keepAvatars = parameters.flag("keep_profiles", !selection.isSpecific());
        boolean dryRun = parameters.flag("dry_run", false);
        return start.of(removal, new RemovalParameters(selection, keepAvatars, dryRun).toJson(), request);
    }

    private static MediaSelection selection(Optional<Mxc> media, Parameters parameters) {
        return new MediaSelection(
                media,
                parsed(parameters, "origin", ServerName::new, "a server name"),
                parsed(parameters, "uploader", UserId::new, "a user id"),
                parsed(parameters, "hash", BlobId::new, "a SHA-256 in lower-case hexadecimal digits"),
                parameters.oneOf("kind", RemovalParameters.KINDS),
                number(parameters, "accessed_before_ts").stream()
                        .mapToObj(Instant::ofEpochMilli)
                        .findFirst(),
                number(parameters, "larger_than"),
                parameters.text("quarantined").map(text -> parameters.flag("quarantined", true)));
    }

    private static <T> Optional<T> parsed(
            Parameters parameters, String name, Function<String, T> parse, String description) {
        try {
            return parameters.text(name).map(parse);
        } catch (IllegalArgumentException malformed) {
            throw MatrixException.invalidParam(name, description);
        }
    }

    private static OptionalLong number(Parameters parameters, String name) {
        return parameters.text(name).isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(parameters.requiredNumber(name));
    }
}
