package io.mediakeep.api.filter;

import io.mediakeep.api.RequestProperties;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Sets the {@code Content-Type} of a body aside before Jersey reads it. To us it is what a client says of its file,
 * kept as it is; Jersey would refuse what does not parse.
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
