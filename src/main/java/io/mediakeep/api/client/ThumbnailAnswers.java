package io.mediakeep.api.client;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.ThumbnailWish;
import io.mediakeep.thumbnail.ThumbnailSpec;
import io.mediakeep.thumbnail.Thumbnails;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Answers requests for thumbnails, by whichever endpoint they came. */
public final class ThumbnailAnswers {
    private final ContentAnswers answers;
    private final Thumbnails thumbnails;
    private final ThumbnailWish wish;

    /** Answers with these thumbnails, as they are wished for. */
    public ThumbnailAnswers(ContentAnswers answers, Thumbnails thumbnails, ThumbnailWish wish) {
        this.answers = answers;
        this.thumbnails = thumbnails;
        this.wish = wish;
    }

    /** The thumbnail. */
    CompletionStage<Response> answer(ContentAnswers.Asked asked, ContainerRequestContext request) {
        ThumbnailSpec spec = wish.of(new Parameters(request.getUriInfo()));
        return answers.answer(thumbnails.open(answers.requested(asked, request), spec), asked.authenticated(), request);
    }
}
