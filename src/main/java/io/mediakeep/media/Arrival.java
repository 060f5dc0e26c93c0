package io.mediakeep.media;

import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Growth;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.federation.RemoteContent;
import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Content of another server while we fetch it: one writer, and any number of readers who follow him from the beginning.
 * Only when all of it has come, as it should, do readers get its last byte, so that nobody takes a part, or what we
 * refuse, for the whole. That it is on our disk is not their concern.
 */
final class Arrival implements Growth {
    /** What each reader has in memory, who may be one of hundreds. */
    private static final int BUFFER_BYTES = 32 * 1024;

    private final BlobStore store;
    private final Deadline patience;
    private final CompletableFuture<ArrivingContent> begun = new CompletableFuture<>();
    private final CompletableFuture<Media> kept = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Path file;
    private long size;
    private boolean whole;

    /**
     * Content of which nothing has come.
     *
     * @param store where the content is once it is kept
     * @param patience of the reader for whom it is fetched
     */
    Arrival(BlobStore store, Deadline patience) {
        this.store = store;
        this.patience = patience;
    }

    /** How long the other server may wait for what it has yet to get. */
    Deadline patience() {
        return patience;
    }

    /** Completes as soon as there is something to give out; fails as the other server does. */
    CompletableFuture<ArrivingContent> begun() {
        return begun.copy();
    }

    /** Completes when all of it is kept. */
    CompletableFuture<Media> kept() {
        return kept.copy();
    }

    /** What is kept, once all of it is. */
    Optional<Media> media() {
        return kept.isDone() && !kept.isCompletedExceptionally() ? Optional.of(kept.join()) : Optional.empty();
    }

    /** It is kept already: another node was faster. */
    void found(Media media) {
        tell(() -> kept.complete(media));
        begun.complete(new ArrivingContent(media.contentType(), media.fileName(), OptionalLong.of(media.size()), this));
    }

    /** The other server answers. */
    void begins(RemoteContent remote) {
        begun.complete(new ArrivingContent(
                remote.contentType(), remote.fileName().flatMap(FileName::clean), remote.size(), this));
    }

    @Override
    public void began(Path receiving) {
        tell(() -> file = receiving);
    }

    @Override
    public void grew(long sizeNow) {
        tell(() -> size = sizeNow);
    }

    @Override
    public void ended() {
        tell(() -> whole = true);
    }

    /** Whether all of it has come, and will be kept in a moment. */
    boolean isWhole() {
        lock.lock();
        try {
            return whole;
        } finally {
            lock.unlock();
        }
    }

    /** All of it is kept. Must be said while the file is still there. */
    void ends(Media media) {
        tell(() -> kept.complete(media));
    }

    /** There will be no more of it. */
    void fails(MatrixException refusal) {
        begun.completeExceptionally(refusal);
        tell(() -> kept.completeExceptionally(refusal));
    }

    private void tell(Runnable news) {
        lock.lock();
        try {
            news.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * All of it, when it is kept; the writer always comes to an end.
     *
     * @throws MatrixException as the arrival failed, if it has
     */
    Content awaitWhole() {
        Media media = awaitKept();
        return new Content(media.contentType(), media.fileName(), media.size(), media.blob(), store);
    }

    private Media awaitKept() {
        try {
            return kept.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof MatrixException refusal ? refusal : failure;
        }
    }

    /**
     * The bytes, from the first.
     *
     * @throws MatrixException as the arrival failed, if it has
     */
    InputStream open() throws IOException {
        Optional<Path> receiving = awaitFile();
        if (receiving.isPresent()) {
            try {
                return new Follower(FileChannel.open(receiving.get(), StandardOpenOption.READ));
            } catch (NoSuchFileException over) {
                // the writer removes it before he says how he failed
            }
        }
        Media media = awaitKept();
        return store.open(media.blob(), 0, media.size());
    }

    /** Where it is received; empty when it is over. */
    private Optional<Path> awaitFile() throws IOException {
        lock.lock();
        try {
            awaitUntil(() -> file != null);
            return kept.isDone() ? Optional.empty() : Optional.ofNullable(file);
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes there are beyond a position, as soon as there are any; 0 at the end of all. */
    private long awaitBytesAfter(long position) throws IOException {
        lock.lock();
        try {
            awaitUntil(() -> size - 1 > position);
            if (!whole && kept.isCompletedExceptionally()) {
                awaitKept(); // which throws
            }
            return (whole ? size : size - 1) - position;
        } finally {
            lock.unlock();
        }
    }

    /** Or until the end. The writer always comes to an end: he is bounded in time and size. */
    private void awaitUntil(BooleanSupplier enough) throws IOException {
        try {
            while (!enough.getAsBoolean() && !whole && !kept.isDone()) {
                changed.await();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
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

        /** In larger pieces than the JDK's own. */
        @Override
        public long transferTo(OutputStream out) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            long start = position;
            for (int read = read(buffer, 0, BUFFER_BYTES); read >= 0; read = read(buffer, 0, BUFFER_BYTES)) {
                out.write(buffer, 0, read);
            }
            return position - start;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
