package io.mediakeep.api.admin;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.matrix.MatrixException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Receives the body of a request as text in UTF-8, in memory. */
final class TextBody implements Flow.Subscriber<ByteBuffer> {
    private static final int MAX_BYTES = 1024 * 1024;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private TextBody() {}

    /** The text, when it is complete. Fails with 413 when it is larger than 1 MiB, and as the body does. */
    static CompletionStage<String> of(ContainerRequestContext request) {
        TextBody body = new TextBody();
        RequestProperties.body(request).subscribe(body);
        return body.text;
    }

    @Override
    public void onSubscribe(Flow.Subscription body) {
        this.subscription = body;
        body.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        if (text.isDone()) {
            return;
        }
        if (piece.remaining() > MAX_BYTES - received.size()) {
            if (subscription != null) {
                subscription.cancel();
            }
            text.completeExceptionally(MatrixException.tooLarge(MAX_BYTES));
            return;
        }
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        received.writeBytes(bytes);
    }

    @Override
    public void onError(Throwable failure) {
        text.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        text.complete(received.toString(StandardCharsets.UTF_8));
    }
}
