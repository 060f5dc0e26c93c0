package io.mediakeep.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body into a spool file, each piece on the thread that delivers it. A piece is consumed before {@link
 * #onNext} returns, so the publisher may reuse its buffer.
 */
final class SpoolSubscriber implements Flow.Subscriber<ByteBuffer> {
    private final SpoolWriter writer;
    private final CompletableFuture<Spool> spool = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    SpoolSubscriber(SpoolWriter writer) {
        this.writer = writer;
    }

    /** Completes with the spool, or fails as the body or the disk does; then the file is removed. */
    CompletableFuture<Spool> spool() {
        return spool;
    }

    @Override
    public void onSubscribe(Flow.Subscription body) {
        this.subscription = body;
        body.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        if (!spool.isDone()) {
            try {
                writer.write(piece);
            } catch (IOException | RuntimeException | Error failure) {
                cancel();
                fail(failure);
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        fail(failure);
    }

    @Override
    public void onComplete() {
        if (!spool.isDone()) {
            try (writer) {
                spool.complete(writer.finish());
            } catch (IOException | RuntimeException | Error failure) {
                fail(failure);
            }
        }
    }

    private void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private void fail(Throwable failure) {
        try {
            writer.close();
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
        spool.completeExceptionally(failure);
    }
}
