package io.mediakeep.container;

import io.mediakeep.media.content.ByteSource;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A byte source that counts what is sent. */
final class CountedSource implements ByteSource {
    private final ByteSource source;
    private final AtomicLong sent;

    /** @param sent is increased */
    CountedSource(ByteSource source, AtomicLong sent) {
        this.source = source;
        this.sent = sent;
    }

    @Override
    public long available() throws IOException {
        return source.available();
    }

    @Override
    public boolean ended() {
        return source.ended();
    }

    @Override
    public long sendTo(WritableByteChannel channel, long max) throws IOException {
        long count = source.sendTo(channel, max);
        sent.addAndGet(count);
        return count;
    }

    @Override
    public void whenAvailable(Runnable action) {
        source.whenAvailable(action);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
