package io.mediakeep.api.synapse;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.removal.RemovalResult;
import io.mediakeep.admin.removal.RequestedRemovals;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.matrix.UserId;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Responses to deletions, sent when everything is deleted. */
public final class Deletions {
    private final RequestedRemovals removals;
    private final Audit audit;

    /** Deletions by these removals. */
    public Deletions(RequestedRemovals removals, Audit audit) {
        this.removals = removals;
        this.audit = audit;
    }

    RequestedRemovals removals() {
        return removals;
    }

    /**
     * The response to a removal that runs, when it is recorded what it has done; without a count if it failed, since it may
     * have removed a part.
     */
    CompletionStage<byte[]> respond(
            ContainerRequestContext request,
            Map<String, String> parameters,
            CompletionStage<RemovalResult> removal,
            Function<RemovalResult, JsonObjectBuilder> body) {
        UserId administrator = RequestProperties.requiredRequester(request).user();
        return DeferredResponse.of(removal.whenComplete((result, failure) -> audit.record(
                        administrator,
                        "delete media",
                        parameters,
                        failure == null ? Map.of("deleted", result.count()) : Map.of()))
                .thenApply(result -> JsonBody.bytes(body.apply(result))));
    }

    /** The ids of what was deleted, and how much it is. */
    static JsonObjectBuilder list(RemovalResult result) {
        JsonArrayBuilder ids = JsonBody.array();
        result.listed().forEach(mxc -> ids.add(mxc.mediaId()));
        return JsonBody.object().add("deleted_media", ids).add("total", result.count());
    }
}
