package io.mediakeep.api.admin;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.BlockedHashes;
import io.mediakeep.admin.HashList;
import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.blob.BlobId;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.UserId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** {@code /_mediakeep/admin/v1/blocked-hashes.txt}: exports and imports blocked hashes as a {@link HashList}. */
@Path("/_mediakeep/admin/v1/blocked-hashes.txt")
public final class BlockedHashesTextResource {
    private final BlockedHashes blocked;
    private final Audit audit;
    private final Executor executor;

    /**
     * A resource of these hashes.
     *
     * @param executor stores what was received; its threads may block
     */
    public BlockedHashesTextResource(BlockedHashes blocked, Audit audit, Executor executor) {
        this.blocked = blocked;
        this.audit = audit;
        this.executor = executor;
    }

    /** At most 10,000 blocked hashes, in order, that follow the parameter {@code after}. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] export(@Context UriInfo uri) {
        String after = new Parameters(uri).text("after").orElse("");
        return HashList.format(blocked.list(after, HashList.MAX_LINES)).getBytes(StandardCharsets.UTF_8);
    }

    /** Blocks the hashes in the body. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> block(@Context ContainerRequestContext request) {
        UserId by = RequestProperties.requiredRequester(request).user();
        return DeferredResponse.of(
                TextBody.of(request).thenApplyAsync(text -> block(HashList.parse(text), by), executor));
    }

    private byte[] block(Map<BlobId, Optional<String>> reasons, UserId by) {
        blocked.block(reasons, by);
        audit.record(by, "block hashes", Map.of(), Map.of("hashes", (long) reasons.size()));
        return JsonBody.bytes(JsonBody.object().add("blocked", reasons.size()));
    }
}
