package io.mediakeep.api.filter;

import io.mediakeep.api.RequestProperties;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/**
 * Notes that a request is a {@code HEAD}. While a resource runs, Jersey shows it a {@code GET} and throws the body away
 * afterwards; who knows better need not open the bytes at all.
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
