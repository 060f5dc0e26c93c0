package io.mediakeep.api.admin;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.BlockedHashes;
import io.mediakeep.admin.HashList;
import io.mediakeep.admin.removal.MediaSelection;
import io.mediakeep.admin.removal.RemovalParameters;
import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.blob.BlobId;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.quarantine.RestrictedHash;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;

/** {@code /_mediakeep/admin/v1/blocked-hashes}: lists blocked hashes, and blocks and unblocks single ones. */
@Path("/_mediakeep/admin/v1/blocked-hashes")
@Produces(MediaType.APPLICATION_JSON)
public final class BlockedHashesResource {
    private final BlockedHashes blocked;
    private final Audit audit;
    private final JobStart start;
    private final JobKind removal;

    /**
     * A resource of these hashes.
     *
     * @param removal removes media with blocked content
     */
    public BlockedHashesResource(BlockedHashes blocked, Audit audit, JobStart start, JobKind removal) {
        this.blocked = blocked;
        this.audit = audit;
        this.start = start;
        this.removal = removal;
    }

    /** The blocked hashes, in order. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] list(@Context UriInfo uri) {
        return RestrictedHashes.page("blocked", blocked::list, uri);
    }

    /**
     * Blocks a hash, with the parameter {@code reason}. With {@code delete_media=true} it then starts a job that removes all
     * media with this content, and with {@code dry_run=true} only a job that counts it.
     */
    @PUT
    @Path("{sha256}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response block(@PathParam("sha256") String sha256, @Context ContainerRequestContext request) {
        BlobId id = RestrictedHashes.id(sha256);
        Parameters parameters = new Parameters(request.getUriInfo());
        boolean deleteMedia = parameters.flag("delete_media", false);
        boolean dryRun = parameters.flag("dry_run", false);
        Optional<String> reason = reason(parameters);
        if (!dryRun) {
            block(id, reason, RequestProperties.requiredRequester(request).user());
        }
        return deleteMedia
                ? start.of(removal, new RemovalParameters(MediaSelection.of(id), false, dryRun).toJson(), request)
                : Response.ok(JsonBody.bytes(JsonBody.object())).build();
    }

    private static Optional<String> reason(Parameters parameters) {
        Optional<String> reason = parameters.text("reason");
        if (reason.filter(HashList::isInvalidReason).isPresent()) {
            throw MatrixException.invalidParam(
                    "reason",
                    "at most " + RestrictedHash.MAX_REASON_LENGTH + " characters, none of them a control one");
        }
        return reason;
    }

    private void block(BlobId id, Optional<String> reason, UserId by) {
        blocked.block(Map.of(id, reason), by);
        audit.record(by, "block hash", Map.of("sha256", id.sha256(), "reason", reason.orElse("")), Map.of());
    }

    /** Unblocks a hash. */
    @DELETE
    @Path("{sha256}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] unblock(@PathParam("sha256") String sha256, @Context ContainerRequestContext request) {
        if (!blocked.unblock(RestrictedHashes.id(sha256))) {
            throw MatrixException.notFound();
        }
        audit.record(
                RequestProperties.requiredRequester(request).user(),
                "unblock hash",
                Map.of("sha256", sha256),
                Map.of());
        return JsonBody.bytes(JsonBody.object());
    }
}
