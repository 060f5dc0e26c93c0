package io.mediakeep.api.filter;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/**
 * CORS: permits web pages of any origin, and responds to preflight requests (client-server API, "Web Browser Clients").
 */
@PreMatching
@Priority(Priorities.HEADER_DECORATOR) // before the filters that reject: OPTIONS is permitted on any path
public final class CorsFilter implements ContainerRequestFilter, ContainerResponseFilter {

    /** How long a browser may cache the response to a preflight request, in seconds. */
    private static final int PREFLIGHT_MAX_AGE = 86_400;

    @Override
    public void filter(ContainerRequestContext request) {
        if (HttpMethod.OPTIONS.equals(request.getMethod())) {
            request.abortWith(Response.noContent()
                    .header("Access-Control-Max-Age", PREFLIGHT_MAX_AGE)
                    .build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("Access-Control-Allow-Origin", "*");
        headers.putSingle("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
        headers.putSingle(
                "Access-Control-Allow-Headers",
                "X-Requested-With, Content-Type, Authorization, Date, Range, If-None-Match, If-Range");
        headers.putSingle(
                "Access-Control-Expose-Headers",
                "ETag, Content-Length, Content-Range, Accept-Ranges, Content-Disposition, Retry-After");
    }
}
