package io.mediakeep.media.content;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.SpoolListener;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.federation.RemoteContent;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.Media;
import io.mediakeep.media.blob.BlobReader;
import java.io.IOException;
import java.nio.file.Path;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content of a remote fetch in progress: one writer, and any number of readers that each read it from the
 * beginning. Readers receive the last byte only when the content is complete and valid, so that no client takes a
 * partial or rejected body for a complete one. Storing it is not part of that.
 */
public final class RemoteFetch implements SpoolListener {
    private static final Logger log = LoggerFactory.getLogger(RemoteFetch.class);

    private final BlobReader store;
    private final Deadline deadline;
    private final Predicate<BlobId> servable;
    private final CompletableFuture<Void> start = new CompletableFuture<>();
    private final CompletableFuture<ContentInProgress> metadata = new CompletableFuture<>();
    private final CompletableFuture<Media> stored = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile @Nullable Path file;
    private volatile long size;
    private volatile boolean complete;

    /**
     * A fetch that has not begun.
     *
     * @param store where the content is read from once it is stored
     * @param deadline of the request for which it is fetched
     * @param servable whether content of a hash may be served; may block
     */
    public RemoteFetch(BlobReader store, Deadline deadline, Predicate<BlobId> servable) {
        this.store = store;
        this.deadline = deadline;
        this.servable = servable;
    }

    /** Limits how long the fetch may be queued; then it fails. */
    public void limitQueueing(Duration wait) {
        start.orTimeout(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Starts the fetch; false when the queueing limit has passed. */
    public boolean begin() {
        return start.complete(null);
    }

    /** Completes when the fetch starts; fails when it was queued for too long. */
    public CompletableFuture<Void> start() {
        return start.copy();
    }

    /** Until when the origin may wait for content that is not uploaded yet. */
    public Deadline deadline() {
        return deadline;
    }

    /** Completes when the first bytes can be sent, or all is complete; a failure until then is the whole response. */
    public CompletableFuture<ContentInProgress> readable() {
        return metadata.thenCompose(content -> {
            CompletableFuture<ContentInProgress> response = new CompletableFuture<>();
            whenBeyond(0, () -> completeReadable(response, content));
            return response;
        });
    }

    private void completeReadable(CompletableFuture<ContentInProgress> response, ContentInProgress content) {
        try {
            bytesBeyond(0);
            response.complete(content);
        } catch (RuntimeException failure) {
            response.completeExceptionally(failure);
        }
    }

    /** Whether the content is stored, or the fetch has failed. */
    public boolean isEnded() {
        return stored.isDone();
    }

    /** Completes when the content is stored. */
    public CompletableFuture<Media> stored() {
        return stored.copy();
    }

    /** The stored media, once there is one. */
    public Optional<Media> media() {
        return stored.isDone() && !stored.isCompletedExceptionally() ? Optional.of(stored.join()) : Optional.empty();
    }

    /** Completes the fetch with media that another node has stored in the meantime. */
    public void completeWithExisting(Media media) {
        completeWith(media);
        metadata.complete(
                new ContentInProgress(media.contentType(), media.fileName(), OptionalLong.of(media.size()), this));
    }

    /** Publishes the metadata of the origin's response. */
    public void publish(RemoteContent remote) {
        metadata.complete(new ContentInProgress(
                remote.contentType(), remote.fileName().flatMap(FileName::clean), remote.size(), this));
    }

    @Override
    public void onStart(Path receiving) {
        file = receiving;
        notifyReaders();
    }

    @Override
    public void onWrite(long sizeNow) {
        size = sizeNow;
        notifyReaders();
    }

    /** Content that must not be served is not complete for its readers; they fail when the fetch does. */
    @Override
    public void onComplete(BlobId id) {
        if (servable.test(id)) {
            complete = true;
            notifyReaders();
        }
    }

    /** Whether all bytes are received; the content is stored shortly after. */
    public boolean isComplete() {
        return complete;
    }

    /** Publishes the stored media. Must be called while the spool file still exists. */
    public void completeWith(Media media) {
        stored.complete(media);
        notifyReaders();
    }

    /** Fails the fetch, unless it has ended. */
    public void fail(MatrixException failure) {
        metadata.completeExceptionally(failure);
        stored.completeExceptionally(failure);
        notifyReaders();
    }

    /**
     * Called after each change: a reader that checked before it is notified, one that checks after it sees the change.
     */
    private void notifyReaders() {
        List<Runnable> notified;
        lock.lock();
        try {
            notified = List.copyOf(listeners);
            listeners.clear();
        } finally {
            lock.unlock();
        }
        notified.forEach(RemoteFetch::notifyReader);
    }

    /** A failing reader affects neither other readers nor the fetch. */
    private static void notifyReader(Runnable reader) {
        try {
            reader.run();
        } catch (RuntimeException | Error failure) {
            log.error("A reader of a remote fetch failed", failure);
        }
    }

    /** The content when it is stored; fails as the fetch does. The writer always ends. */
    CompletionStage<Content> complete() {
        return stored.thenApply(this::content);
    }

    /** The file that is being received, once there is one. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Whether a reader at a position has read everything. */
    boolean endsAt(long position) {
        return complete
                ? position == size
                : media().filter(media -> media.size() == position).isPresent();
    }

    /** The content of stored media. */
    Content content(Media media) {
        return new Content(media.contentType(), media.fileName(), media.size(), media.blob(), store, media.isPublic());
    }

    /** The bytes from the first, as they are received. */
    ByteSource source() throws IOException {
        RemoteFetchSource source = new RemoteFetchSource(this);
        source.open(); // the open file stays readable after its removal
        return source;
    }

    /** Runs an action when there are bytes beyond a position, or when there will be none. */
    void whenBeyond(long position, Runnable action) {
        lock.lock();
        try {
            if (!complete && !isEnded() && bytesBeyond(position) <= 0) {
                listeners.add(action);
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
     * @throws MatrixException the failure of the fetch
     */
    long bytesBeyond(long position) {
        if (!complete) {
            rethrowFailure();
        }
        return media().map(Media::size).orElse(complete ? size : Math.max(0, size - 1)) - position;
    }

    /** Throws the failure of the fetch, if it has failed. */
    void rethrowFailure() {
        if (stored.isCompletedExceptionally()) {
            try {
                stored.join();
            } catch (CompletionException failure) {
                throw failure.getCause() instanceof MatrixException exception ? exception : failure;
            }
        }
    }
}
