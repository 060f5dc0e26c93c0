package io.mediakeep.api.response;

import io.mediakeep.media.content.ByteSource;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several byte sources, one after the other, none of which makes its receiver wait. Closing it closes them all. */
public final class SequenceSource implements ByteSource {
    private final List<ByteSource> all;
    private final Deque<ByteSource> left;

    /** The sources in their order. */
    public SequenceSource(ByteSource... sources) {
        this.all = List.of(sources);
        this.left = new ArrayDeque<>(all);
    }

    @Override
    public long available() throws IOException {
        long sum = 0;
        for (ByteSource source : left) {
            sum += source.available();
        }
        return sum;
    }

    @Override
    public boolean ended() {
        return left.stream().allMatch(ByteSource::ended);
    }

    @Override
    public long sendTo(WritableByteChannel channel, long max) throws IOException {
        long sent = 0;
        while (!left.isEmpty() && sent < max) {
            ByteSource source = left.getFirst();
            sent += source.sendTo(channel, max - sent);
            if (!source.ended()) {
                break;
            }
            left.removeFirst();
        }
        return sent;
    }

    @Override
    public void whenAvailable(Runnable action) {
        action.run();
    }

    /** All are closed, also when one fails. */
    @Override
    public void close() throws IOException {
        @Nullable IOException failure = null;
        for (ByteSource source : all) {
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
