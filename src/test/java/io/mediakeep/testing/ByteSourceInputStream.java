package io.mediakeep.testing;

import io.mediakeep.media.content.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CountDownLatch;

/** A byte source as a stream that blocks until bytes are available. */
public final class ByteSourceInputStream extends InputStream {
    private final ByteSource source;

    public ByteSourceInputStream(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (length > 0 && source.available() == 0) {
            if (source.ended()) {
                return -1;
            }
            CountDownLatch more = new CountDownLatch(1);
            source.whenAvailable(more::countDown);
            await(more);
        }
        return (int) source.sendTo(new ArrayChannel(ByteBuffer.wrap(bytes, offset, length)), length);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** A channel into the remaining space of a buffer. */
    private record ArrayChannel(ByteBuffer target) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) {
            int count = Math.min(bytes.remaining(), target.remaining());
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // it is memory
        }
    }
}
