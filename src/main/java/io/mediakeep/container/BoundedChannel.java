package io.mediakeep.container;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel into memory with a bounded capacity. */
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

    /** The bytes written. */
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
