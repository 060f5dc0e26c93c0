package io.mediakeep.api.admin;

import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.integrity.BlobMove;
import io.mediakeep.integrity.StoreCheck;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code POST /_mediakeep/admin/v1/check} and {@code POST /_mediakeep/admin/v1/move-blobs}. */
@Path("/_mediakeep/admin/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class BlobStoreResource {
    private final JobStart start;
    private final StoreCheck check;
    private final Optional<BlobMove> move;

    /**
     * Starts jobs of these kinds.
     *
     * @param move absent where only one store is configured
     */
    public BlobStoreResource(JobStart start, StoreCheck check, Optional<BlobMove> move) {
        this.start = start;
        this.check = check;
        this.move = move;
    }

    /** Compares the blob store with the rows. With {@code deep=true} it reads all bytes, with {@code repair=true} it repairs. */
    @POST
    @Path("check")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response check(@Context ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        return start.of(
                check,
                StoreCheck.parameters(parameters.flag("deep", false), parameters.flag("repair", false)),
                request);
    }

    /** Copies blobs from the old store to the one of the kind {@code to}. With {@code remove=true} it removes what is copied. */
    @POST
    @Path("move-blobs")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public Response move(@Context ContainerRequestContext request) {
        BlobMove kind = move.orElseThrow(
                () -> MatrixException.badRequest("Only one store is configured; name the old one in blobs.also-read"));
        Parameters parameters = new Parameters(request.getUriInfo());
        return start.of(
                kind, kind.parameters(parameters.requiredText("to"), parameters.flag("remove", false)), request);
    }
}
