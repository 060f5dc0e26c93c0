package io.mediakeep.api.client;

import io.mediakeep.media.Delivery;
import io.mediakeep.media.Downloads;
import io.mediakeep.media.FileName;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers requests for content, by whichever endpoint they came. */
public final class DownloadAnswers {
    private final ContentAnswers answers;
    private final Downloads downloads;

    /** Answers with what these downloads give out. */
    public DownloadAnswers(ContentAnswers answers, Downloads downloads) {
        this.answers = answers;
        this.downloads = downloads;
    }

    /** The content, under the name that the client wants to save it by, if it says one. */
    CompletionStage<Response> answer(
            ContentAnswers.Asked asked, Optional<String> fileName, ContainerRequestContext request) {
        CompletionStage<Delivery> content =
                downloads.open(answers.requested(asked, request)).thenApply(found -> named(found, fileName));
        return answers.answer(content, asked.authenticated(), request);
    }

    private static Delivery named(Delivery content, Optional<String> fileName) {
        return fileName.flatMap(FileName::clean).map(content::named).orElse(content);
    }
}
