package io.mediakeep.api.client;

import io.mediakeep.media.content.DownloadResult;
import io.mediakeep.media.content.FileName;
import io.mediakeep.media.download.Downloads;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers requests for content, by whichever endpoint they came. */
public final class DownloadResponses {
    private final ContentResponses answers;
    private final Downloads downloads;

    /** Answers with what these downloads give out. */
    public DownloadResponses(ContentResponses answers, Downloads downloads) {
        this.answers = answers;
        this.downloads = downloads;
    }

    /** The content, under the name that the client wants to save it by, if it says one. */
    CompletionStage<Response> answer(
            ContentResponses.RequestedMedia asked, Optional<String> fileName, ContainerRequestContext request) {
        CompletionStage<DownloadResult> content =
                downloads.open(answers.requested(asked, request)).thenApply(found -> named(found, fileName));
        return answers.answer(content, asked.authenticated(), request);
    }

    private static DownloadResult named(DownloadResult content, Optional<String> fileName) {
        return fileName.flatMap(FileName::clean).map(content::named).orElse(content);
    }
}
