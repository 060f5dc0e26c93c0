package io.mediakeep.api.client;

import io.mediakeep.api.ContentResponse;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Delivery;
import io.mediakeep.media.DownloadRequest;
import io.mediakeep.media.DownloadSettings;
import io.mediakeep.media.Downloads;
import io.mediakeep.media.FileName;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.glassfish.jersey.server.CloseableService;
import org.jspecify.annotations.Nullable;

/** Answers requests for content, by whichever endpoint they came. */
public final class DownloadAnswers {
    private final Downloads downloads;
    private final DownloadSettings settings;
    private final Clock clock;

    /** Answers with what these downloads give out. */
    public DownloadAnswers(Downloads downloads, DownloadSettings settings, Clock clock) {
        this.downloads = downloads;
        this.settings = settings;
        this.clock = clock;
    }

    /** What a client asks for: whose content, and by which name it wants to save it. */
    record Asked(String serverName, String mediaId, Optional<String> fileName, boolean authenticated) {}

    /** The answer: complete now, or when the content has come. */
    CompletionStage<Response> answer(Asked asked, ContainerRequestContext request, CloseableService closing) {
        Parameters parameters = new Parameters(request.getUriInfo());
        Duration patience = parameters.milliseconds("timeout_ms").orElse(settings.defaultWait());
        boolean mayFetch = parameters.flag("allow_remote", true);
        parameters.flag("allow_redirect", false); // no store offers one, but nonsense is refused all the same
        Mxc mxc = Mxc.requested(asked.serverName(), asked.mediaId());
        Deadline deadline = Deadline.in(min(patience, settings.maxWait()), clock);
        ContentResponse answers = new ContentResponse(request, closing);
        CompletableFuture<Response> answer = new CompletableFuture<>();
        downloads
                .open(new DownloadRequest(
                        mxc, asked.authenticated(), mayFetch, RequestProperties.caller(request), deadline))
                .thenApply(content -> response(answers, named(content, asked), asked))
                .whenComplete((response, failure) -> complete(answer, response, failure));
        if (!answer.isDone()) {
            RequestProperties.setAnsweredLater(request);
        }
        return answer;
    }

    private static Response response(ContentResponse answers, Delivery content, Asked asked) {
        try {
            return answers.of(content, asked.authenticated());
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

    private static Delivery named(Delivery content, Asked asked) {
        return asked.fileName().flatMap(FileName::clean).map(content::named).orElse(content);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
