package io.mediakeep.api.response;

import io.mediakeep.media.content.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Bytes in memory. */
public final class ArraySource implements ByteSource {
    private final ByteBuffer bytes;

    /** All bytes of an array. */
    public ArraySource(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public long available() {
        return bytes.remaining();
    }

    @Override
    public boolean ended() {
        return !bytes.hasRemaining();
    }

    @Override
    public long sendTo(WritableByteChannel channel, long max) throws IOException {
        int count = (int) Math.min(max, bytes.remaining());
        ByteBuffer piece = bytes.duplicate().limit(bytes.position() + count);
        long sent = channel.write(piece);
        bytes.position(piece.position());
        return sent;
    }

    @Override
    public void whenAvailable(Runnable action) {
        action.run();
    }

    @Override
    public void close() {
        // nothing to close
    }
}
