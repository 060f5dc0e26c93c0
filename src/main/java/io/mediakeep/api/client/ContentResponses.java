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

/** What all endpoints that give out content have in common: how it is asked for, and how it becomes an answer. */
public final class ContentResponses {
    private final WaitLimit patience;

    /** Answers that wait as long as clients do. */
    public ContentResponses(WaitLimit patience) {
        this.patience = patience;
    }

    /** Whose content is asked for, and whether by an endpoint that requires a token. */
    record RequestedMedia(String serverName, String mediaId, boolean authenticated) {}

    /** What a client asks for, by path and query. */
    DownloadRequest requested(RequestedMedia asked, ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        Deadline deadline = patience.of(parameters);
        boolean mayFetch = parameters.flag("allow_remote", true);
        parameters.flag("allow_redirect", false); // no store offers one, but nonsense is refused all the same
        Mxc mxc = Mxc.requested(asked.serverName(), asked.mediaId());
        return new DownloadRequest(mxc, asked.authenticated(), mayFetch, RequestProperties.caller(request), deadline);
    }

    /** The answer: complete now, or when the content has come. */
    CompletionStage<Response> answer(
            CompletionStage<? extends DownloadResult> content, boolean authenticated, ContainerRequestContext request) {
        ContentResponse answers = new ContentResponse(request);
        CompletionStage<DownloadResult> ready = content.thenCompose(found -> sendable(found, request));
        return DeferredResponse.to(ready, found -> answers.of(found, authenticated));
    }

    /**
     * Where only the length of an answer shows that it broke off, and where the length is all that is asked for, content of
     * unknown size is sent when it is whole.
     */
    private static CompletionStage<DownloadResult> sendable(DownloadResult found, ContainerRequestContext request) {
        return found instanceof ContentInProgress arriving
                        && arriving.size().isEmpty()
                        && (RequestProperties.endsWell(request) || RequestProperties.head(request))
                ? arriving.whole().thenApply(content -> content)
                : CompletableFuture.completedStage(found);
    }
}
