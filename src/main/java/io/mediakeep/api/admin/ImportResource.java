package io.mediakeep.api.admin;

import io.mediakeep.api.Limited;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.migrate.ImportJob;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code POST /_mediakeep/admin/v1/import}. */
@Path("/_mediakeep/admin/v1/import")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportResource {
    private final JobStart start;
    private final Optional<ImportJob> job;

    /** @param job absent where no source is configured */
    public ImportResource(JobStart start, Optional<ImportJob> job) {
        this.start = start;
        this.job = job;
    }

    /** Imports what the sources have and this server has not, as a job does once by itself; one that has not ended is returned. */
    @POST
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response start(@Context ContainerRequestContext request) {
        ImportJob kind = job.orElseThrow(() -> MatrixException.badRequest("No source is configured (import.sources)"));
        return start.ofOnly(kind, kind.parameters(), request);
    }
}
