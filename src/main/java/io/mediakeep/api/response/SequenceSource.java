package io.mediakeep.api.response;

import io.mediakeep.media.content.ByteSource;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Several byte sources in sequence. Closing it closes them all. */
public final class SequenceSource implements ByteSource {
    private final List<ByteSource> sources;
    private final Deque<ByteSource> remaining;

    /** The sources in their order. */
    public SequenceSource(ByteSource... inOrder) {
        this.sources = List.of(inOrder);
        this.remaining = new ArrayDeque<>(sources);
    }

    /** Of the first that has not ended, so that what follows is not counted before it. */
    @Override
    public long available() throws IOException {
        return current().isPresent() ? current().get().available() : 0;
    }

    private Optional<ByteSource> current() {
        while (!remaining.isEmpty() && remaining.getFirst().ended()) {
            remaining.removeFirst();
        }
        return Optional.ofNullable(remaining.peekFirst());
    }

    @Override
    public boolean ended() {
        return current().isEmpty();
    }

    @Override
    public long sendTo(WritableByteChannel channel, long max) throws IOException {
        long sent = 0;
        while (!remaining.isEmpty() && sent < max) {
            ByteSource source = remaining.getFirst();
            sent += source.sendTo(channel, max - sent);
            if (!source.ended()) {
                break;
            }
            remaining.removeFirst();
        }
        return sent;
    }

    @Override
    public void whenAvailable(Runnable action) {
        current().ifPresentOrElse(source -> source.whenAvailable(action), action);
    }

    /** Closes all, also when one fails. */
    @Override
    public void close() throws IOException {
        @Nullable IOException failure = null;
        for (ByteSource source : sources) {
            try {
                source.close();
            } catch (IOException failed) {
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
