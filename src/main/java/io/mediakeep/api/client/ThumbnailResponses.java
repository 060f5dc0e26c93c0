package io.mediakeep.api.client;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.ThumbnailParameters;
import io.mediakeep.thumbnail.ThumbnailSpec;
import io.mediakeep.thumbnail.Thumbnails;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Answers requests for thumbnails, by whichever endpoint they came. */
public final class ThumbnailResponses {
    private final ContentResponses answers;
    private final Thumbnails thumbnails;
    private final ThumbnailParameters wish;

    /** Answers with these thumbnails, as they are wished for. */
    public ThumbnailResponses(ContentResponses answers, Thumbnails thumbnails, ThumbnailParameters wish) {
        this.answers = answers;
        this.thumbnails = thumbnails;
        this.wish = wish;
    }

    /** The thumbnail. */
    CompletionStage<Response> answer(ContentResponses.RequestedMedia asked, ContainerRequestContext request) {
        ThumbnailSpec spec = wish.of(new Parameters(request.getUriInfo()));
        return answers.answer(thumbnails.open(answers.requested(asked, request), spec), asked.authenticated(), request);
    }
}
