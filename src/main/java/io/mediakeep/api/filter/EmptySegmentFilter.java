package io.mediakeep.api.filter;

import io.mediakeep.matrix.MatrixException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** A path with a doubled slash or one at its end names nothing; Jersey would take it for its neighbour. */
@PreMatching
public final class EmptySegmentFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getRawPath();
        if (path.endsWith("/") || path.contains("//")) {
            throw MatrixException.unrecognized();
        }
    }
}
