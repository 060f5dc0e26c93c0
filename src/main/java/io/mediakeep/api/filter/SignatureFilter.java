package io.mediakeep.api.filter;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresServer;
import io.mediakeep.auth.SignedRequests;
import io.mediakeep.matrix.ServerName;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/** Authenticates requests to resources with {@link RequiresServer} by their signature. */
@Priority(Priorities.AUTHENTICATION)
final class SignatureFilter implements ContainerRequestFilter {
    private final SignedRequests signatures;

    SignatureFilter(SignedRequests signatures) {
        this.signatures = signatures;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> authorizations = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        String method = RequestProperties.head(request) ? HttpMethod.HEAD : request.getMethod();
        String target = RequestProperties.target(request);
        ServerName origin = signatures.origin(method, target, authorizations, RequestProperties.caller(request));
        RequestProperties.setOrigin(request, origin);
    }
}
