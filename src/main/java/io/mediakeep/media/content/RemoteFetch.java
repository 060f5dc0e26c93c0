package io.mediakeep.media.content;

import io.mediakeep.blob.SpoolListener;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.federation.RemoteContent;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.Media;
import io.mediakeep.media.blob.BlobReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content of another server while we fetch it: one writer, and any number of readers who follow him from the beginning.
 * Only when all of it has come, as it should, do readers get its last byte, so that nobody takes a part, or what we
 * refuse, for the whole. That it is on our disk is not their concern.
 */
public final class RemoteFetch implements SpoolListener {
    private static final Logger log = LoggerFactory.getLogger(RemoteFetch.class);

    private final BlobReader store;
    private final Deadline patience;
    private final CompletableFuture<Void> turn = new CompletableFuture<>();
    private final CompletableFuture<ContentInProgress> begun = new CompletableFuture<>();
    private final CompletableFuture<Media> kept = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile @Nullable Path file;
    private volatile long size;
    private volatile boolean whole;

    /**
     * Content of which nothing has come.
     *
     * @param store where the content is once it is kept
     * @param patience of the reader for whom it is fetched
     */
    public RemoteFetch(BlobReader store, Deadline patience) {
        this.store = store;
        this.patience = patience;
    }

    /** Sets how long the fetch waits for its turn; then it is not made. */
    public void maxWait(Duration wait) {
        turn.orTimeout(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Whether the fetch may begin: its turn has come, and in time. */
    public boolean begin() {
        return turn.complete(null);
    }

    /** Completes when the turn of the fetch has come; fails when it has not come in time. */
    public CompletableFuture<Void> turn() {
        return turn.copy();
    }

    /** How long the other server may wait for what it has yet to get. */
    public Deadline patience() {
        return patience;
    }

    /** Completes when there are bytes to send, or all is over: a failure until then is the whole answer. */
    public CompletableFuture<ContentInProgress> readable() {
        return begun.thenCompose(content -> {
            CompletableFuture<ContentInProgress> answer = new CompletableFuture<>();
            whenBeyond(0, () -> completeReadable(answer, content));
            return answer;
        });
    }

    private void completeReadable(CompletableFuture<ContentInProgress> answer, ContentInProgress content) {
        try {
            after(0);
            answer.complete(content);
        } catch (RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** Completes when all of it is kept. */
    public CompletableFuture<Media> kept() {
        return kept.copy();
    }

    /** What is kept, once all of it is. */
    public Optional<Media> media() {
        return kept.isDone() && !kept.isCompletedExceptionally() ? Optional.of(kept.join()) : Optional.empty();
    }

    /** It is kept already: another node was faster. */
    public void found(Media media) {
        ends(media);
        begun.complete(
                new ContentInProgress(media.contentType(), media.fileName(), OptionalLong.of(media.size()), this));
    }

    /** The other server answers. */
    public void begins(RemoteContent remote) {
        begun.complete(new ContentInProgress(
                remote.contentType(), remote.fileName().flatMap(FileName::clean), remote.size(), this));
    }

    @Override
    public void began(Path receiving) {
        file = receiving;
        wakeReaders();
    }

    @Override
    public void grew(long sizeNow) {
        size = sizeNow;
        wakeReaders();
    }

    @Override
    public void ended() {
        whole = true;
        wakeReaders();
    }

    /** Whether all of it has come, and will be kept in a moment. */
    public boolean isWhole() {
        return whole;
    }

    /** All of it is kept. Must be said while the file is still there. */
    public void ends(Media media) {
        kept.complete(media);
        wakeReaders();
    }

    /** There will be no more of it. */
    public void fails(MatrixException refusal) {
        begun.completeExceptionally(refusal);
        kept.completeExceptionally(refusal);
        wakeReaders();
    }

    /** Comes after each change: who looked before it is woken, and who looks after it sees it. */
    private void wakeReaders() {
        List<Runnable> woken;
        lock.lock();
        try {
            woken = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        woken.forEach(RemoteFetch::wake);
    }

    /** A reader that fails takes neither the bytes from the others nor the fetch from all. */
    private static void wake(Runnable reader) {
        try {
            reader.run();
        } catch (RuntimeException | Error failure) {
            log.error("A reader of content in transfer could not go on", failure);
        }
    }

    /** All of it, when it is kept; fails as the arrival does. The writer always comes to an end. */
    CompletionStage<Content> whole() {
        return kept.thenApply(this::content);
    }

    private Content content(Media media) {
        return new Content(media.contentType(), media.fileName(), media.size(), media.blob(), store);
    }

    /** The bytes, from the first, as they come. */
    ByteSource source() throws IOException {
        Follower follower = new Follower();
        follower.open(); // as long as the file is there, whatever becomes of it
        return follower;
    }

    /** Runs an action when there are bytes beyond a position, or when there will be none. */
    private void whenBeyond(long position, Runnable action) {
        lock.lock();
        try {
            if (!isOver() && after(position) <= 0) {
                waiting.add(action);
                return;
            }
        } finally {
            lock.unlock();
        }
        action.run();
    }

    /**
     * How many bytes there are beyond a position.
     *
     * @throws MatrixException as the arrival failed, if it has
     */
    private long after(long position) {
        if (!whole && kept.isCompletedExceptionally()) {
            throw refusal();
        }
        return media().map(Media::size).orElse(whole ? size : Math.max(0, size - 1)) - position;
    }

    private RuntimeException refusal() {
        try {
            kept.join();
            throw new IllegalStateException("it has not failed");
        } catch (CompletionException failure) {
            return failure.getCause() instanceof MatrixException refusal ? refusal : failure;
        }
    }

    private boolean isOver() {
        return whole || kept.isDone();
    }

    /** One reader. */
    private final class Follower implements ByteSource {
        private @Nullable FileChannel channel;
        private @Nullable ByteSource stored;
        private long position;

        @Override
        public long available() throws IOException {
            long there = after(position);
            if (there == 0 || open()) {
                return there;
            }
            if (kept.isCompletedExceptionally()) {
                throw refusal();
            }
            return 0;
        }

        /** The spool file is opened while it is there; afterwards the bytes are in the store, or there are none. */
        private boolean open() throws IOException {
            if (channel == null && stored == null) {
                Optional<Media> media = media();
                if (media.isPresent()) {
                    stored = content(media.get()).source(0, media.get().size());
                } else if (file != null) {
                    channel = channel(file);
                }
            }
            return channel != null || stored != null;
        }

        /** The writer removes the file before it reports its failure. */
        private static @Nullable FileChannel channel(Path file) throws IOException {
            try {
                return FileChannel.open(file, StandardOpenOption.READ);
            } catch (NoSuchFileException over) {
                return null;
            }
        }

        @Override
        public boolean ended() {
            return whole
                    ? position == size
                    : media().filter(media -> media.size() == position).isPresent();
        }

        @Override
        public long sendTo(WritableByteChannel target, long max) throws IOException {
            long wanted = Math.min(max, available());
            long sent = 0;
            if (stored != null) {
                sent = stored.sendTo(target, wanted);
            } else if (channel != null) {
                sent = channel.transferTo(position, wanted, target);
            }
            position += sent;
            return sent;
        }

        @Override
        public void whenAvailable(Runnable action) {
            whenBeyond(position, action);
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
            if (stored != null) {
                stored.close();
            }
        }
    }
}
