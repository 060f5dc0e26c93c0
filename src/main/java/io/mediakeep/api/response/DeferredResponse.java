package io.mediakeep.api.response;

import io.mediakeep.media.content.DownloadResult;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A response that completes when its content is available; until then it holds no thread. */
public final class DeferredResponse {
    private DeferredResponse() {}

    /** Renders content as a response. */
    @FunctionalInterface
    public interface Rendering<T extends DownloadResult> {
        /** The response. */
        Response of(T content) throws IOException;
    }

    /** The response with this content. */
    public static <T extends DownloadResult> CompletionStage<Response> to(
            CompletionStage<T> content, Rendering<? super T> rendering) {
        CompletableFuture<Response> deferred = new CompletableFuture<>();
        content.thenApply(found -> rendered(found, rendering))
                .whenComplete((response, failure) -> complete(deferred, response, failure));
        return deferred;
    }

    /** The same stage, which fails with the failure itself. */
    public static <T> CompletionStage<T> of(CompletionStage<T> stage) {
        CompletableFuture<T> deferred = new CompletableFuture<>();
        stage.whenComplete((result, failure) -> complete(deferred, result, failure));
        return deferred;
    }

    private static <T extends DownloadResult> Response rendered(T content, Rendering<? super T> rendering) {
        try {
            return rendering.of(content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Completes a future with the failure itself, not wrapped as stages wrap it: the exception mappers are chosen by
     * its class.
     */
    public static <T> void complete(CompletableFuture<T> deferred, @Nullable T result, @Nullable Throwable failure) {
        if (failure == null) {
            deferred.complete(result);
        } else {
            @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
            deferred.completeExceptionally(cause == null ? failure : cause);
        }
    }
}
