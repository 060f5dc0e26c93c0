package io.mediakeep.thumbnail;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.content.Content;
import io.mediakeep.thumbnail.picture.ContentStream;
import io.mediakeep.thumbnail.picture.Orientation;
import io.mediakeep.thumbnail.picture.Picture;
import io.mediakeep.thumbnail.picture.Pictures;
import io.mediakeep.thumbnail.picture.TimeLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws thumbnails, with one budget of memory and one bounded pool of threads for all of them. */
public final class Painter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Painter.class);

    private static final int MAX_WAITING = 256;
    private static final long IDLE_SECONDS = 30;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
    private static final Duration MOST_TIME = Duration.ofSeconds(10);
    private static final String NO_PICTURE = "Cannot generate thumbnails for the requested content";

    private final ThumbnailSettings settings;
    private final MemoryBudget budget;
    private final Duration mostTime;
    private final Refusals refusals = new Refusals();
    private final ThreadPoolExecutor pool;

    /** A painter that takes its share of the heap. */
    public Painter(ThumbnailSettings settings) {
        this(settings, MemoryBudget.ofHeap(), MOST_TIME);
    }

    /** @param mostTime the processor time that one drawing may take, and taking the file apart before it */
    Painter(ThumbnailSettings settings, MemoryBudget budget, Duration mostTime) {
        this.settings = settings;
        this.budget = budget;
        this.mostTime = mostTime;
        this.pool = pool(settings.workers());
    }

    private static ThreadPoolExecutor pool(int workers) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                workers, workers, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), work -> {
                    Thread thread = new Thread(work, "painter-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Draws a thumbnail, on a thread of the pool. The future fails with a {@link MatrixException}: 400 for what is no
     * picture, or a broken one; 413 for one with too many bytes or pixels, or that takes too long; 503 when too many are
     * waiting. It fails with an {@link UncheckedIOException} when the content cannot be read. What the same bytes were
     * refused for before, they are refused for at once.
     */
    public CompletableFuture<Drawing> draw(Content source, ThumbnailSpec spec) {
        CompletableFuture<Drawing> drawing = new CompletableFuture<>();
        try {
            pool.execute(() -> complete(drawing, source, spec));
        } catch (RejectedExecutionException full) {
            drawing.completeExceptionally(
                    MatrixException.unavailable("Too many thumbnails are being drawn", TRY_AGAIN));
        }
        return drawing;
    }

    private void complete(CompletableFuture<Drawing> drawing, Content source, ThumbnailSpec spec) {
        try {
            drawing.complete(drawn(source, spec));
        } catch (Throwable failure) {
            drawing.completeExceptionally(failure);
        }
    }

    /** Draws a thumbnail on the thread that calls. Fails as {@link #draw} does. */
    Drawing drawn(Content source, ThumbnailSpec spec) throws IOException, InterruptedException {
        refusals.refuseAgain(source.sha256());
        if (source.size() > settings.maxSourceSize()) {
            throw MatrixException.imageTooLarge();
        }
        try (ContentStream in = new ContentStream(source, new TimeLimit(mostTime))) {
            try {
                return drawn(drawable(Pictures.open(in)), spec, in.limit());
            } catch (IOException | RuntimeException | LinkageError | StackOverflowError failure) {
                throw refusal(failure, in, source);
            }
        }
    }

    /** The picture, unless it cannot be drawn in any size. */
    private Picture drawable(Picture picture) throws TooLargeException {
        if (picture.decodedPixels() > settings.maxSourcePixels() || !budget.couldHold(Draft.leastBytes(picture))) {
            throw new TooLargeException();
        }
        return picture;
    }

    private Drawing drawn(Picture picture, ThumbnailSpec spec, TimeLimit limit)
            throws IOException, InterruptedException {
        if (servesAsItIs(picture, spec)) {
            return new Drawing.Original(picture.format().contentType(), picture.width(), picture.height());
        }
        Draft draft = Draft.of(picture, spec, settings, budget);
        return budget.spend(draft.bytes(), () -> {
            limit.restart();
            return draft.draw(limit);
        });
    }

    private static boolean servesAsItIs(Picture picture, ThumbnailSpec spec) {
        return picture.format().servable()
                && picture.orientation() == Orientation.UPRIGHT
                && picture.width() <= spec.width()
                && picture.height() <= spec.height()
                && (spec.animated() || !picture.animated());
    }

    private RuntimeException refusal(Throwable failure, ContentStream in, Content source) {
        if (failure instanceof MatrixException ofThisSize) {
            return ofThisSize;
        }
        if (in.failure().isPresent()) {
            return new UncheckedIOException(in.failure().get());
        }
        log.debug("No thumbnail of {}: {}", source.sha256(), failure.toString());
        boolean tooLarge = failure instanceof TooLargeException || in.limit().exceeded();
        return refusals.remember(
                source.sha256(), tooLarge ? MatrixException.imageTooLarge() : MatrixException.badRequest(NO_PICTURE));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** A picture with more pixels than may be decoded, or that needs more memory than there is. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
