package io.mediakeep.api.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Forgets which kind of answer a client would rather have ({@code Accept}). Every path has one kind, which the client
 * gets (RFC 9110, section 12.5.1, leaves the choice to us); Jersey would refuse it.
 */
@PreMatching
public final class AcceptFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        request.getHeaders().remove(HttpHeaders.ACCEPT);
    }
}
