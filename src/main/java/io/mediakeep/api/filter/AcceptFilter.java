package io.mediakeep.api.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Removes the {@code Accept} header. Each resource has one media type, which is sent in any case (RFC 9110, section
 * 12.5.1, permits that); Jersey would respond with 406.
 */
@PreMatching
public final class AcceptFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        request.getHeaders().remove(HttpHeaders.ACCEPT);
    }
}
