package io.mediakeep.container;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel into memory that takes a bounded number of bytes and then no more. */
public final class BoundedChannel implements WritableByteChannel {
    private final ByteBuffer bytes;

    /** Takes at most {@code capacity} bytes. */
    public BoundedChannel(int capacity) {
        this.bytes = ByteBuffer.allocate(capacity);
    }

    @Override
    public int write(ByteBuffer source) {
        int count = Math.min(source.remaining(), bytes.remaining());
        bytes.put(source.duplicate().limit(source.position() + count));
        source.position(source.position() + count);
        return count;
    }

    /** What was taken. */
    public ByteBuffer taken() {
        return bytes.duplicate().flip();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // memory needs no closing
    }
}
