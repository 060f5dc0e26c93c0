package io.mediakeep.api.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.net.URI;

/** Escapes semicolons in paths, where they have no meaning; JAX-RS would parse matrix parameters after them. */
@PreMatching
public final class SemicolonFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        String uri = request.getUriInfo().getRequestUri().toString();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        if (path.indexOf(';') >= 0) {
            request.setRequestUri(URI.create(path.replace(";", "%3B") + uri.substring(path.length())));
        }
    }
}
