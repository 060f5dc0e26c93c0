package io.mediakeep.media;

import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Growth;
import io.mediakeep.federation.RemoteContent;
import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Content of another server while we fetch it: one writer, and any number of readers who follow him from the beginning.
 * Only when all of it is kept do readers come to its end, so that nobody takes a part for the whole.
 */
final class Arrival implements Growth {
    private final BlobStore store;
    private final CompletableFuture<ArrivingContent> begun = new CompletableFuture<>();
    private final CompletableFuture<Media> kept = new CompletableFuture<>();
    private @Nullable Path file;
    private long size;

    /** @param store where the content is once it is kept */
    Arrival(BlobStore store) {
        this.store = store;
    }

    /** Completes as soon as there is something to give out; fails as the other server does. */
    CompletableFuture<ArrivingContent> begun() {
        return begun.copy();
    }

    /** Completes when all of it is kept. */
    CompletableFuture<Media> kept() {
        return kept.copy();
    }

    /** The other server answers. */
    void begins(RemoteContent remote) {
        begun.complete(new ArrivingContent(
                remote.contentType(), remote.fileName().flatMap(FileName::clean), remote.size(), this));
    }

    @Override
    public synchronized void began(Path receiving) {
        file = receiving;
        notifyAll();
    }

    @Override
    public synchronized void grew(long sizeNow) {
        size = sizeNow;
        notifyAll();
    }

    /** All of it is kept. Must be said while the file is still there. */
    synchronized void ends(Media media) {
        kept.complete(media);
        notifyAll();
    }

    /** There will be no more of it. */
    synchronized void fails(MatrixException refusal) {
        begun.completeExceptionally(refusal);
        kept.completeExceptionally(refusal);
        notifyAll();
    }

    /** The bytes, from the first. */
    InputStream open() throws IOException {
        FileChannel channel = awaitFile();
        if (channel != null) {
            return new Follower(channel);
        }
        Media media = kept.join();
        return store.open(media.blob(), 0, media.size());
    }

    /** The file opened, or nothing when it is not needed any more. */
    private synchronized @Nullable FileChannel awaitFile() throws IOException {
        while (file == null && !kept.isDone()) {
            awaitNews();
        }
        if (kept.isCompletedExceptionally()) {
            throw brokenOff();
        }
        return kept.isDone() || file == null ? null : FileChannel.open(file, StandardOpenOption.READ);
    }

    /** How many bytes there are beyond a position, as soon as there are any; 0 at the end of all. */
    private synchronized long awaitBytesAfter(long position) throws IOException {
        while (size <= position && !kept.isDone()) {
            awaitNews();
        }
        if (kept.isCompletedExceptionally()) {
            throw brokenOff();
        }
        return size - position;
    }

    /** The writer always ends, one way or the other: he is bounded in time and size. */
    private void awaitNews() throws IOException {
        try {
            wait();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static IOException brokenOff() {
        return new IOException("the other server did not send all of it");
    }

    /** One reader. */
    private final class Follower extends InputStream {
        private final FileChannel channel;
        private long position;

        Follower(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long there = length == 0 ? 0 : awaitBytesAfter(position);
            if (there == 0) {
                return length == 0 ? 0 : -1;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, there)), position);
            if (read < 0) {
                throw new IOException("the file is shorter than it was");
            }
            position += read;
            return read;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
