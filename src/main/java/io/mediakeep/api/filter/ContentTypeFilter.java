package io.mediakeep.api.filter;

import io.mediakeep.api.RequestProperties;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Moves the {@code Content-Type} of a request to a property before Jersey parses it. It is the client's declaration of
 * the type of a file, and may be malformed, which Jersey would reject.
 */
@PreMatching
public final class ContentTypeFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable String contentType = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        if (contentType != null) {
            RequestProperties.setContentType(request, contentType);
            request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        }
    }
}
