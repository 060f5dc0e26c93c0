package io.mediakeep.api.admin;

import io.mediakeep.admin.removal.RemovalParameters;
import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.jobs.JobKind;
import io.mediakeep.limits.Limit;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code POST /_mediakeep/admin/v1/retention}. */
@Path("/_mediakeep/admin/v1/retention")
@Produces(MediaType.APPLICATION_JSON)
public final class RetentionResource {
    private final JobStart start;
    private final JobKind retention;

    /** Starts jobs of this kind. */
    public RetentionResource(JobStart start, JobKind retention) {
        this.start = start;
        this.retention = retention;
    }

    /** Removes what is not retained, as a job does every hour. With {@code dry_run=true} it only counts. */
    @POST
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response start(@Context ContainerRequestContext request) {
        boolean dryRun = new Parameters(request.getUriInfo()).flag("dry_run", false);
        return start.of(retention, RemovalParameters.ofRetention(dryRun), request);
    }
}
