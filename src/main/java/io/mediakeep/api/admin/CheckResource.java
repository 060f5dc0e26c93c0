package io.mediakeep.api.admin;

import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.integrity.StoreCheck;
import io.mediakeep.limits.Limit;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code POST /_mediakeep/admin/v1/check}. */
@Path("/_mediakeep/admin/v1/check")
@Produces(MediaType.APPLICATION_JSON)
public final class CheckResource {
    private final JobStart start;
    private final StoreCheck check;

    /** Starts jobs of this kind. */
    public CheckResource(JobStart start, StoreCheck check) {
        this.start = start;
        this.check = check;
    }

    /** Compares the blob store with the rows. With {@code deep=true} it reads all bytes, with {@code repair=true} it repairs. */
    @POST
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response start(@Context ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        return start.of(
                check,
                StoreCheck.parameters(parameters.flag("deep", false), parameters.flag("repair", false)),
                request);
    }
}
