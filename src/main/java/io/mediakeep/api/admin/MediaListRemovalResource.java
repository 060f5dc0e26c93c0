package io.mediakeep.api.admin;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.removal.RemovalResult;
import io.mediakeep.admin.removal.RequestedRemovals;
import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /_mediakeep/admin/v1/media/delete}: removes media whose content URIs are in the body, one a line, and responds
 * when that is done.
 */
@Path("/_mediakeep/admin/v1/media/delete")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaListRemovalResource {
    private static final int MAX_LINES = 10_000;

    private final RequestedRemovals removals;
    private final Audit audit;

    /** Removes media by these removals. */
    public MediaListRemovalResource(RequestedRemovals removals, Audit audit) {
        this.removals = removals;
        this.audit = audit;
    }

    /** Removes media; with {@code dry_run=true} it only says what it would remove. */
    @POST
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public CompletionStage<byte[]> remove(@Context ContainerRequestContext request) {
        UserId administrator = RequestProperties.requiredRequester(request).user();
        boolean dryRun = new Parameters(request.getUriInfo()).flag("dry_run", false);
        return DeferredResponse.of(TextBody.of(request)
                .thenApply(MediaListRemovalResource::parse)
                .thenCompose(media -> dryRun ? removals.count(media) : removals.run(media))
                .thenApply(result -> respond(result, administrator, dryRun)));
    }

    private byte[] respond(RemovalResult result, UserId administrator, boolean dryRun) {
        audit.record(
                administrator,
                "delete media",
                Map.of("dry_run", String.valueOf(dryRun)),
                Map.of("deleted", result.count()));
        JsonArrayBuilder uris = JsonBody.array();
        result.listed().forEach(mxc -> uris.add(mxc.toString()));
        return JsonBody.bytes(JsonBody.object().add("deleted_media", uris).add("total", result.count()));
    }

    private static List<Mxc> parse(String text) {
        List<String> lines = text.lines().limit(MAX_LINES + 1L).toList();
        if (lines.size() > MAX_LINES) {
            throw MatrixException.badRequest("More than " + MAX_LINES + " lines; send them in parts");
        }
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(MediaListRemovalResource::mxc)
                .distinct()
                .toList();
    }

    private static Mxc mxc(String line) {
        try {
            return Mxc.parse(line);
        } catch (IllegalArgumentException | MatrixException malformed) {
            throw MatrixException.badRequest("A line is no content URI");
        }
    }
}
