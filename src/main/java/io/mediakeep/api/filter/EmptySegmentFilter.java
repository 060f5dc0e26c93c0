package io.mediakeep.api.filter;

import io.mediakeep.matrix.MatrixException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Rejects paths with empty segments with 404; Jersey would ignore a doubled slash or one at the end. */
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
