package io.mediakeep.container;

import io.mediakeep.media.content.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** A byte source in the chunked transfer coding (RFC 9112, section 7.1), without the last chunk. */
public final class ChunkedSource implements ByteSource {
    private static final long MAX_CHUNK_BYTES = 1 << 20;

    private final ByteSource source;
    private ByteBuffer frame = ByteBuffer.allocate(0);
    private long leftInChunk;

    /** Encodes the bytes of a source. */
    public ChunkedSource(ByteSource source) {
        this.source = source;
    }

    @Override
    public long available() throws IOException {
        long begun = frame.remaining() + leftInChunk;
        return begun > 0 ? begun : source.available();
    }

    @Override
    public boolean ended() {
        return !frame.hasRemaining() && leftInChunk == 0 && source.ended();
    }

    @Override
    public long sendTo(WritableByteChannel channel, long max) throws IOException {
        if (!frame.hasRemaining() && leftInChunk == 0) {
            begin(Math.min(max, Math.min(MAX_CHUNK_BYTES, source.available())));
        }
        long sent = channel.write(frame);
        if (!frame.hasRemaining() && leftInChunk > 0) {
            long data = source.sendTo(channel, leftInChunk);
            leftInChunk -= data;
            sent += data;
            if (leftInChunk == 0) {
                frame = ascii("\r\n");
                sent += channel.write(frame);
            }
        }
        return sent;
    }

    private void begin(long length) {
        leftInChunk = length;
        frame = length == 0 ? frame : ascii(Long.toHexString(length) + "\r\n");
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
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
