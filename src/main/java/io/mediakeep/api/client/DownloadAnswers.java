package io.mediakeep.api.client;

import io.mediakeep.api.ContentResponse;
import io.mediakeep.api.Parameters;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Content;
import io.mediakeep.media.DownloadRequest;
import io.mediakeep.media.DownloadSettings;
import io.mediakeep.media.Downloads;
import io.mediakeep.media.FileName;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
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

    /** Answers now, or when the content has come. */
    void answer(Asked asked, ContainerRequestContext request, CloseableService closing, AsyncResponse response) {
        Parameters parameters = new Parameters(request.getUriInfo());
        Duration patience = parameters.milliseconds("timeout_ms").orElse(settings.defaultWait());
        parameters.flag(
                "allow_remote", true); // nothing is fetched yet, nor redirected; nonsense is refused all the same
        parameters.flag("allow_redirect", false);
        Mxc mxc = Mxc.requested(asked.serverName(), asked.mediaId());
        Deadline deadline = Deadline.in(min(patience, settings.maxWait()), clock);
        ContentResponse answers = new ContentResponse(request, closing);
        downloads
                .open(new DownloadRequest(mxc, asked.authenticated(), deadline))
                .whenComplete((content, failure) -> resume(answers, named(content, asked), failure, asked, response));
    }

    private static void resume(
            ContentResponse answers,
            @Nullable Content content,
            @Nullable Throwable failure,
            Asked asked,
            AsyncResponse response) {
        if (content == null) {
            response.resume(
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure);
            return;
        }
        try {
            response.resume(answers.of(content, asked.authenticated()));
        } catch (IOException | RuntimeException fault) {
            response.resume(fault);
        }
    }

    private static @Nullable Content named(@Nullable Content content, Asked asked) {
        Optional<String> name = asked.fileName().flatMap(FileName::clean);
        return content == null || name.isEmpty() ? content : content.named(name.get());
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
