package io.mediakeep.api.response;

import io.mediakeep.media.content.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Byte sources in sequence, each of which is opened in the background when the one before has ended. */
public final class LazySequenceSource implements ByteSource {
    private final Iterator<? extends Opening> remaining;
    private final Executor executor;
    private @Nullable CompletableFuture<ByteSource> current;

    /** Opens a source; may block. */
    @FunctionalInterface
    public interface Opening {
        /** The source, which the caller closes. */
        ByteSource open() throws IOException;
    }

    /** @param executor opens the sources; its threads may block */
    public LazySequenceSource(Iterator<? extends Opening> inOrder, Executor executor) {
        this.remaining = inOrder;
        this.executor = executor;
    }

    /** Of the current source; 0 while the next one is being opened. */
    @Override
    public long available() throws IOException {
        while (true) {
            ByteSource source = opened();
            if (source == null) {
                return 0;
            }
            if (!source.ended()) {
                return source.available();
            }
            source.close();
            current = null;
        }
    }

    /** The current source, or the next one if it is open already. */
    private @Nullable ByteSource opened() throws IOException {
        if (current == null && remaining.hasNext()) {
            Opening next = remaining.next();
            current = CompletableFuture.supplyAsync(() -> open(next), executor);
        }
        return current != null && current.isDone() ? result(current) : null;
    }

    private static ByteSource open(Opening opening) {
        try {
            return opening.open();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ByteSource result(CompletableFuture<ByteSource> opening) throws IOException {
        try {
            return opening.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof UncheckedIOException failed) {
                throw failed.getCause();
            }
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    @Override
    public boolean ended() {
        return !remaining.hasNext() && (current == null || hasEnded(current));
    }

    private static boolean hasEnded(CompletableFuture<ByteSource> opening) {
        return hasOpened(opening) && opening.join().ended();
    }

    @Override
    public long sendTo(WritableByteChannel channel, long max) throws IOException {
        long available = available();
        ByteSource source = opened();
        return available == 0 || source == null ? 0 : source.sendTo(channel, Math.min(max, available));
    }

    @Override
    public void whenAvailable(Runnable action) {
        if (current == null) {
            action.run();
        } else if (hasOpened(current)) {
            current.join().whenAvailable(action);
        } else {
            CompletableFuture<ByteSource> unused = current.whenComplete((opened, failure) -> action.run());
        }
    }

    private static boolean hasOpened(CompletableFuture<ByteSource> opening) {
        return opening.isDone() && !opening.isCompletedExceptionally();
    }

    /** Also what is being opened is closed. */
    @Override
    public void close() {
        if (current != null) {
            CompletableFuture<Void> unused = current.thenAccept(LazySequenceSource::close);
            current = null;
        }
    }

    private static void close(ByteSource source) {
        try {
            source.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
