package io.mediakeep.api.federation;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.WaitLimit;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** What both endpoints for other homeservers have in common: only media of our own is given out, in an envelope. */
public final class FederationResponses {
    private final ServerName home;
    private final WaitLimit patience;
    private final RandomGenerator random;

    /**
     * Answers for one server.
     *
     * @param random cryptographic
     */
    public FederationResponses(ServerName home, WaitLimit patience, RandomGenerator random) {
        this.home = home;
        this.patience = patience;
        this.random = random;
    }

    /** What a homeserver asks for. Nothing is fetched for it: it asks each server for what is that server's own. */
    DownloadRequest requested(String mediaId, ContainerRequestContext request) {
        String origin = RequestProperties.requiredOrigin(request).value();
        Mxc mxc = Mxc.requested(home.value(), mediaId);
        return new DownloadRequest(mxc, true, false, origin, patience.of(new Parameters(request.getUriInfo())));
    }

    /** The answer: complete now, or when the content has come. */
    CompletionStage<Response> answer(CompletionStage<Content> content, ContainerRequestContext request) {
        return DeferredResponse.to(content, found -> response(found, request));
    }

    /** The bytes are opened before the answer begins, so that bytes that are gone are still a 404. */
    private Response response(Content content, ContainerRequestContext request) throws IOException {
        MultipartContent envelope = new MultipartContent(content, random);
        ResponseBuilder answer = Response.ok()
                .header(HttpHeaders.CONTENT_TYPE, envelope.contentType())
                .header(HttpHeaders.CONTENT_LENGTH, envelope.length());
        return RequestProperties.head(request)
                ? answer.build()
                : answer.entity(RequestProperties.opened(request, envelope.source()))
                        .build();
    }
}
