package io.mediakeep.api.client;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.WaitLimit;
import io.mediakeep.api.response.ContentResponse;
import io.mediakeep.api.response.DeferredResponse;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.content.ContentInProgress;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.content.DownloadResult;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What all content endpoints have in common: parsing a request, and rendering a response. */
public final class ContentResponses {
    private final WaitLimit waitLimit;

    /** Responses with this wait limit. */
    public ContentResponses(WaitLimit waitLimit) {
        this.waitLimit = waitLimit;
    }

    /** A media item in the path of a request. */
    record RequestedMedia(String serverName, String mediaId, boolean authenticated) {}

    /** The download request of path and query. */
    DownloadRequest downloadRequest(RequestedMedia media, ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        Deadline deadline = waitLimit.deadline(parameters);
        boolean mayFetch = parameters.flag("allow_remote", true);
        parameters.flag("allow_redirect", false); // used when the content is known; a wrong value is rejected at once
        Mxc mxc = Mxc.requested(media.serverName(), media.mediaId());
        return new DownloadRequest(mxc, media.authenticated(), mayFetch, RequestProperties.caller(request), deadline);
    }

    /** The response, when the content is available. */
    CompletionStage<Response> response(
            CompletionStage<? extends DownloadResult> content, boolean authenticated, ContainerRequestContext request) {
        ContentResponse rendering = new ContentResponse(request);
        CompletionStage<DownloadResult> ready = content.thenCompose(found -> completeIfUnknownSize(found, request));
        return DeferredResponse.to(ready, found -> rendering.of(found, authenticated));
    }

    /**
     * Content of unknown size is sent only when it is complete, where only the length shows that a response was
     * truncated, and where the length is all that is requested (HEAD).
     */
    private static CompletionStage<DownloadResult> completeIfUnknownSize(
            DownloadResult found, ContainerRequestContext request) {
        return found instanceof ContentInProgress inProgress
                        && inProgress.size().isEmpty()
                        && (RequestProperties.hidesTruncation(request) || RequestProperties.head(request))
                ? inProgress.complete().thenApply(content -> content)
                : CompletableFuture.completedStage(found);
    }
}
