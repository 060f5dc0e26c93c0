package io.mediakeep.api.response;

import io.mediakeep.media.content.DownloadResult;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An answer that is complete now, or when the content for it has come; until then it holds no thread. */
public final class DeferredResponse {
    private DeferredResponse() {}

    /** Makes an answer of content. */
    @FunctionalInterface
    public interface Rendering<T extends DownloadResult> {
        /** The answer. */
        Response of(T content) throws IOException;
    }

    /** The answer with this content. */
    public static <T extends DownloadResult> CompletionStage<Response> to(
            CompletionStage<T> content, Rendering<? super T> rendering) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        content.thenApply(found -> rendered(found, rendering))
                .whenComplete((response, failure) -> complete(answer, response, failure));
        return answer;
    }

    /** The same answer, which fails with the failure itself. */
    public static <T> CompletionStage<T> of(CompletionStage<T> stage) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        stage.whenComplete((result, failure) -> complete(answer, result, failure));
        return answer;
    }

    private static <T extends DownloadResult> Response rendered(T content, Rendering<? super T> rendering) {
        try {
            return rendering.of(content);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Completes an answer with the failure itself, not wrapped as stages wrap it: the mappers go by its class. */
    public static <T> void complete(CompletableFuture<T> answer, @Nullable T result, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(result);
        } else {
            @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
            answer.completeExceptionally(cause == null ? failure : cause);
        }
    }
}
