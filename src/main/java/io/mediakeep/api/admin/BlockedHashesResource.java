package io.mediakeep.api.admin;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.BlockedHashes;
import io.mediakeep.admin.HashList;
import io.mediakeep.api.Limited;
import io.mediakeep.api.OffsetPage;
import io.mediakeep.api.PageToken;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.blob.BlobId;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.quarantine.RestrictedHash;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /_mediakeep/admin/v1/blocked-hashes}: lists blocked hashes, and blocks and unblocks single ones. */
@Path("/_mediakeep/admin/v1/blocked-hashes")
@Produces(MediaType.APPLICATION_JSON)
public final class BlockedHashesResource {
    private final BlockedHashes blocked;
    private final Audit audit;

    /** A resource of these hashes. */
    public BlockedHashesResource(BlockedHashes blocked, Audit audit) {
        this.blocked = blocked;
        this.audit = audit;
    }

    /** The blocked hashes, in order. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] list(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        int limit = OffsetPage.limit(parameters);
        List<String> after = PageToken.in(parameters, 1);
        List<RestrictedHash> hashes = blocked.list(after.isEmpty() ? "" : after.get(0), limit);
        JsonArrayBuilder rows = JsonBody.array();
        hashes.forEach(hash -> rows.add(json(hash)));
        JsonObjectBuilder body = JsonBody.object().add("blocked_hashes", rows);
        PageToken.after(hashes, limit, hash -> List.of(hash.id().sha256())).ifPresent(next -> body.add("next", next));
        return JsonBody.bytes(body);
    }

    private static JsonObjectBuilder json(RestrictedHash hash) {
        JsonObjectBuilder row = JsonBody.object().add("sha256", hash.id().sha256());
        hash.reason().ifPresent(reason -> row.add("reason", reason));
        return row.add("blocked_by", hash.by().value())
                .add("blocked_ts", hash.since().toEpochMilli());
    }

    /** Blocks a hash, with the parameter {@code reason}. */
    @PUT
    @Path("{sha256}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] block(@PathParam("sha256") String sha256, @Context ContainerRequestContext request) {
        BlobId id = id(sha256);
        Optional<String> reason = new Parameters(request.getUriInfo()).text("reason");
        if (reason.filter(HashList::isInvalidReason).isPresent()) {
            throw MatrixException.invalidParam(
                    "reason",
                    "at most " + RestrictedHash.MAX_REASON_LENGTH + " characters, none of them a control one");
        }
        UserId by = RequestProperties.requiredRequester(request).user();
        blocked.block(Map.of(id, reason), by);
        audit.record(by, "block hash", Map.of("sha256", sha256, "reason", reason.orElse("")), Map.of());
        return JsonBody.bytes(JsonBody.object());
    }

    /** Unblocks a hash. */
    @DELETE
    @Path("{sha256}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] unblock(@PathParam("sha256") String sha256, @Context ContainerRequestContext request) {
        if (!blocked.unblock(id(sha256))) {
            throw MatrixException.notFound();
        }
        audit.record(
                RequestProperties.requiredRequester(request).user(),
                "unblock hash",
                Map.of("sha256", sha256),
                Map.of());
        return JsonBody.bytes(JsonBody.object());
    }

    /** The hash in a path. */
    static BlobId id(String sha256) {
        try {
            return new BlobId(sha256);
        } catch (IllegalArgumentException malformed) {
            throw MatrixException.invalidParam("sha256", "a SHA-256 in lower-case hexadecimal digits");
        }
    }
}
