package io.mediakeep.api.client;

import io.mediakeep.api.ContentResponse;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Delivery;
import io.mediakeep.media.DownloadRequest;
import io.mediakeep.media.DownloadSettings;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.glassfish.jersey.server.CloseableService;
import org.jspecify.annotations.Nullable;

/** What all endpoints that give out content have in common: how it is asked for, and how it becomes an answer. */
public final class ContentAnswers {
    private final DownloadSettings settings;
    private final Clock clock;

    /** Answers that wait as long as these settings allow. */
    public ContentAnswers(DownloadSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whose content is asked for, and whether by an endpoint that requires a token. */
    record Asked(String serverName, String mediaId, boolean authenticated) {}

    /** What a client asks for, by path and query. */
    DownloadRequest requested(Asked asked, ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        Duration patience = parameters.milliseconds("timeout_ms").orElse(settings.defaultWait());
        boolean mayFetch = parameters.flag("allow_remote", true);
        parameters.flag("allow_redirect", false); // no store offers one, but nonsense is refused all the same
        Mxc mxc = Mxc.requested(asked.serverName(), asked.mediaId());
        Deadline deadline = Deadline.in(min(patience, settings.maxWait()), clock);
        return new DownloadRequest(mxc, asked.authenticated(), mayFetch, RequestProperties.caller(request), deadline);
    }

    /** The answer: complete now, or when the content has come. */
    CompletionStage<Response> answer(
            CompletionStage<? extends Delivery> content,
            boolean authenticated,
            ContainerRequestContext request,
            CloseableService closing) {
        ContentResponse answers = new ContentResponse(request, closing);
        CompletableFuture<Response> answer = new CompletableFuture<>();
        content.thenApply(found -> response(answers, found, authenticated))
                .whenComplete((response, failure) -> complete(answer, response, failure));
        if (!answer.isDone()) {
            RequestProperties.setAnsweredLater(request);
        }
        return answer;
    }

    private static Response response(ContentResponse answers, Delivery content, boolean authenticated) {
        try {
            return answers.of(content, authenticated);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** With the failure itself, not wrapped as stages wrap it: the mappers go by its class. */
    private static void complete(
            CompletableFuture<Response> answer, @Nullable Response response, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(response);
        } else {
            @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
            answer.completeExceptionally(cause == null ? failure : cause);
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
