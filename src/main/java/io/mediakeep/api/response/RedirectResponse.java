package io.mediakeep.api.response;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.blob.BlobSource.Headers;
import io.mediakeep.blob.BlobSource.Redirect;
import io.mediakeep.media.content.Content;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;

/** Redirects clients that allow it to a URL of the store (client-server API, {@code allow_redirect}). */
final class RedirectResponse {
    /** The part of the URL's lifetime for which a client may use the response again: the rest is for reading. */
    private static final int CACHED_PART = 2;

    private RedirectResponse() {}

    /**
     * The response, if the request allows it and the store has a URL. {@code HEAD} is not redirected: the signature of
     * a URL is for one method.
     *
     * @param headers of the content, which the response at the URL has
     */
    static Optional<Response> of(Content content, Headers headers, ContainerRequestContext request) throws IOException {
        boolean allowed = new Parameters(request.getUriInfo()).flag("allow_redirect", false);
        return allowed && !RequestProperties.head(request)
                ? content.redirect(headers).map(RedirectResponse::response)
                : Optional.empty();
    }

    private static Response response(Redirect redirect) {
        long maxAge = redirect.lifetime().toSeconds() / CACHED_PART;
        return Response.temporaryRedirect(redirect.url())
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=" + maxAge)
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
