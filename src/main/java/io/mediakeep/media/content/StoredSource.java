package io.mediakeep.media.content;

import io.mediakeep.blob.DamagedBlobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A range of content in a store without files. What the channel does not accept is read again from the store later, so
 * that a slow receiver costs no memory between two steps.
 */
final class StoredSource implements ByteSource {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Content content;
    private final long end;
    private long position;
    private @Nullable InputStream open;

    /** Opens {@code length} bytes from {@code start} on. */
    StoredSource(Content content, long start, long length) throws IOException {
        this.content = content;
        this.position = start;
        this.end = start + length;
        this.open = content.open(start, length);
    }

    @Override
    public long available() {
        return end - position;
    }

    @Override
    public boolean ended() {
        return position == end;
    }

    @Override
    public long sendTo(WritableByteChannel channel, long max) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.min(max, available()))];
        long start = position;
        boolean accepted = true;
        while (accepted && !ended() && position - start < max) {
            ByteBuffer piece = next(buffer, max - (position - start));
            int read = piece.remaining();
            accepted = write(piece, channel);
            position += read - piece.remaining();
        }
        close(); // an open stream may hold a chunk
        return position - start;
    }

    private ByteBuffer next(byte[] buffer, long max) throws IOException {
        InputStream bytes = open == null ? content.open(position, available()) : open;
        open = bytes;
        try {
            int read = bytes.read(buffer, 0, (int) Math.min(buffer.length, Math.min(max, available())));
            if (read < 0) {
                throw new DamagedBlobException("the blob " + content.sha256() + " is shorter than it was");
            }
            return ByteBuffer.wrap(buffer, 0, read);
        } catch (DamagedBlobException damage) {
            content.recordDamaged();
            throw damage;
        }
    }

    /** Whether the channel accepted all of it. */
    private static boolean write(ByteBuffer piece, WritableByteChannel channel) throws IOException {
        while (piece.hasRemaining()) {
            if (channel.write(piece) == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void whenAvailable(Runnable action) {
        action.run();
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
