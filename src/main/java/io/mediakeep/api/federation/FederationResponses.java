package io.mediakeep.api.federation;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.WaitLimit;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.api.response.Disposition;
import io.mediakeep.blob.BlobSource.Headers;
import io.mediakeep.blob.BlobSource.Redirect;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** What both endpoints for homeservers have in common: only local media is served, as multipart. */
public final class FederationResponses {
    /** Of a file at its URL in the store, which no shared cache may keep for others. */
    private static final String CACHE_CONTROL = "private";

    private final ServerName localServer;
    private final WaitLimit waitLimit;
    private final boolean redirects;
    private final RandomGenerator random;

    /**
     * Responses of one server.
     *
     * @param redirects whether other homeservers are redirected to the store, where it has URLs
     * @param random cryptographic
     */
    public FederationResponses(ServerName localServer, WaitLimit waitLimit, boolean redirects, RandomGenerator random) {
        this.localServer = localServer;
        this.waitLimit = waitLimit;
        this.redirects = redirects;
        this.random = random;
    }

    /** The download request of a homeserver. Nothing is fetched for it: homeservers request media from its origin. */
    DownloadRequest downloadRequest(String mediaId, ContainerRequestContext request) {
        String origin = RequestProperties.requiredOrigin(request).value();
        Mxc mxc = Mxc.requested(localServer.value(), mediaId);
        return new DownloadRequest(mxc, true, false, origin, waitLimit.deadline(new Parameters(request.getUriInfo())));
    }

    /** The response, when the content is available. */
    CompletionStage<Response> response(CompletionStage<Content> content, ContainerRequestContext request) {
        return DeferredResponse.to(content, found -> response(found, request));
    }

    /** The bytes are opened before the response begins, so that lost bytes are a 404. */
    private Response response(Content content, ContainerRequestContext request) throws IOException {
        MultipartContent multipart = multipart(content);
        ResponseBuilder builder = Response.ok()
                .header(HttpHeaders.CONTENT_TYPE, multipart.contentType())
                .header(HttpHeaders.CONTENT_LENGTH, multipart.length());
        return RequestProperties.head(request)
                ? builder.build()
                : builder.entity(RequestProperties.closedAtEnd(request, multipart.source()))
                        .build();
    }

    private MultipartContent multipart(Content content) throws IOException {
        Headers headers = new Headers(
                content.contentType().headerValue(),
                Disposition.of(content.contentType(), content.fileName()),
                CACHE_CONTROL);
        Optional<Redirect> redirect = redirects ? content.redirect(headers) : Optional.empty();
        return redirect.map(found -> MultipartContent.at(found.url(), random))
                .orElseGet(() -> MultipartContent.of(content, headers, random));
    }
}
