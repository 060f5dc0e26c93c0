package io.mediakeep.api.filter;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.limits.Limit;
import io.mediakeep.limits.RateLimits;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Counts a request for its user, or for its address where no user is required. */
final class RateLimitFilter implements ContainerRequestFilter {
    private final RateLimits limits;
    private final Limit limit;

    RateLimitFilter(RateLimits limits, Limit limit) {
        this.limits = limits;
        this.limit = limit;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        limits.take(limit, RequestProperties.caller(request));
    }
}
