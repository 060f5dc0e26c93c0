package io.mediakeep.media.content;

import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.DamagedBlobException;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.blob.ReadAhead;
import io.mediakeep.media.blob.ReadAhead.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A range of content in a store on another machine. One piece of it is sent while the next is read; neither holds a
 * thread or a connection to the store while the client does not read.
 */
final class RemoteSource implements ByteSource {
    private final Content content;
    private final ReadAhead readAhead;
    private final long end;
    private long position;
    private @Nullable Piece piece;
    private @Nullable CompletableFuture<Piece> next;

    private RemoteSource(Content content, ReadAhead readAhead, long start, long length) {
        this.content = content;
        this.readAhead = readAhead;
        this.position = start;
        this.end = start + length;
    }

    /**
     * Opens {@code length} bytes from {@code start} on, and waits for the first piece.
     *
     * @throws MatrixException 404 when the blob is lost or damaged, 503 when its store is not available
     */
    static RemoteSource open(Content content, ReadAhead readAhead, long start, long length) throws IOException {
        RemoteSource source = new RemoteSource(content, readAhead, start, length);
        source.await();
        return source;
    }

    @Override
    public long available() throws IOException {
        Piece current = piece;
        while (current == null || !current.take()) {
            if (current != null) {
                close(); // it was dropped, and what follows it is of no use
            }
            if (ended()) {
                return 0;
            }
            CompletableFuture<Piece> reading = next == null ? readAhead.read(() -> bytes(position)) : next;
            next = reading;
            if (!reading.isDone()) {
                return 0;
            }
            current = result(reading);
            piece = current;
            next = null;
        }
        long following = position + current.bytes().remaining();
        if (next == null && following < end) {
            next = readAhead.readInAdvance(() -> bytes(following)).orElse(null);
        }
        return current.bytes().remaining();
    }

    private byte[] bytes(long offset) throws IOException {
        int length = (int) Math.min(ReadAhead.PIECE_BYTES, end - offset);
        try (InputStream stream = content.reader().open(content.blob(), offset, length)) {
            byte[] bytes = stream.readNBytes(length);
            if (bytes.length < length) {
                throw new DamagedBlobException("the blob " + content.sha256() + " is shorter than it was");
            }
            return bytes;
        }
    }

    private Piece result(CompletableFuture<Piece> reading) throws IOException {
        try {
            return reading.join();
        } catch (CompletionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof BlobNotFoundException || cause instanceof DamagedBlobException) {
                throw content.recordDamaged();
            }
            if (cause instanceof MatrixException rejection) {
                throw rejection;
            }
            throw cause instanceof IOException unavailable ? unavailable : new IOException(cause);
        }
    }

    @Override
    public boolean ended() {
        return position == end;
    }

    /** Waits for a piece only where it was dropped since {@link #available}. */
    @Override
    public long sendTo(WritableByteChannel channel, long max) throws IOException {
        await();
        Piece current = piece;
        if (current == null) {
            return 0;
        }
        ByteBuffer bytes = current.bytes();
        ByteBuffer offered = bytes.slice(bytes.position(), (int) Math.min(max, bytes.remaining()));
        boolean accepted = true;
        while (accepted && offered.hasRemaining()) {
            accepted = channel.write(offered) > 0;
        }
        bytes.position(bytes.position() + offered.position());
        position += offered.position();
        if (!bytes.hasRemaining()) {
            current.release();
            piece = null;
        } else if (!accepted) {
            current.park();
        }
        return offered.position();
    }

    private void await() throws IOException {
        while (available() == 0 && next != null) {
            result(next);
        }
    }

    @Override
    public void whenAvailable(Runnable action) {
        CompletableFuture<Piece> reading = next;
        if (reading == null) {
            action.run();
        } else {
            CompletableFuture<Piece> unused = reading.whenComplete((done, failure) -> action.run());
        }
    }

    @Override
    public void close() {
        if (piece != null) {
            piece.release();
            piece = null;
        }
        CompletableFuture<Piece> reading = next;
        if (reading != null && !reading.cancel(false) && !reading.isCompletedExceptionally()) {
            reading.join().release();
        }
        next = null;
    }
}
