package io.mediakeep.api.client;

import io.mediakeep.api.Parameters;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.thumbnail.ThumbnailSizes;
import io.mediakeep.thumbnail.ThumbnailSpec;
import io.mediakeep.thumbnail.ThumbnailSpec.Method;
import io.mediakeep.thumbnail.Thumbnails;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.glassfish.jersey.server.CloseableService;

/** Answers requests for thumbnails, by whichever endpoint they came. */
public final class ThumbnailAnswers {
    private final ContentAnswers answers;
    private final Thumbnails thumbnails;
    private final ThumbnailSizes sizes;

    /** Answers with these thumbnails, in these sizes. */
    public ThumbnailAnswers(ContentAnswers answers, Thumbnails thumbnails, ThumbnailSizes sizes) {
        this.answers = answers;
        this.thumbnails = thumbnails;
        this.sizes = sizes;
    }

    /** The thumbnail. */
    CompletionStage<Response> answer(
            ContentAnswers.Asked asked, ContainerRequestContext request, CloseableService closing) {
        Parameters parameters = new Parameters(request.getUriInfo());
        ThumbnailSpec spec = sizes.enlarged(
                parameters.atLeastOne("width"),
                parameters.atLeastOne("height"),
                method(parameters),
                parameters.flag("animated", false));
        return answers.answer(
                thumbnails.open(answers.requested(asked, request), spec), asked.authenticated(), request, closing);
    }

    private static Method method(Parameters parameters) {
        return switch (parameters.text("method").orElse("scale")) {
            case "scale" -> Method.SCALE;
            case "crop" -> Method.CROP;
            default -> throw MatrixException.invalidParam("method", "'scale' or 'crop'");
        };
    }
}
