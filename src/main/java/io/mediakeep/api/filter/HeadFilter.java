package io.mediakeep.api.filter;

import io.mediakeep.api.RequestProperties;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/**
 * Records that a request is a {@code HEAD}. While a resource runs, Jersey presents it as {@code GET} and discards the
 * body afterwards; a resource that checks this property does not open the bytes.
 */
@PreMatching
public final class HeadFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        if (HttpMethod.HEAD.equals(request.getMethod())) {
            RequestProperties.setHead(request);
        }
    }
}
