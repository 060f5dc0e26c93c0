package io.mediakeep.api.synapse;

import io.mediakeep.admin.Audit;
import io.mediakeep.admin.Quarantine;
import io.mediakeep.api.Limited;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.UserId;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code POST /_synapse/admin/v1/user/{userId}/media/quarantine}. */
@Path("/_synapse/admin/v1/user/{userId}/media/quarantine")
@Produces(MediaType.APPLICATION_JSON)
public final class UserQuarantineResource {
    private final Quarantine quarantine;
    private final Audit audit;

    /** A resource of this quarantine. */
    public UserQuarantineResource(Quarantine quarantine, Audit audit) {
        this.quarantine = quarantine;
        this.audit = audit;
    }

    /** Quarantines the content of all that a user has uploaded. */
    @POST
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] quarantine(@PathParam("userId") String userId, @Context ContainerRequestContext request) {
        UserId user = LocalUsers.parsed(userId);
        UserId by = RequestProperties.requiredRequester(request).user();
        long quarantined = quarantine.quarantineUser(user, by);
        audit.record(by, "quarantine media of user", Map.of("user", user.value()), Map.of("changed", quarantined));
        return JsonBody.bytes(JsonBody.object().add("num_quarantined", quarantined));
    }
}
