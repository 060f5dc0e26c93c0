package io.mediakeep.thumbnail;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.Content;
import io.mediakeep.thumbnail.picture.ContentStream;
import io.mediakeep.thumbnail.picture.Orientation;
import io.mediakeep.thumbnail.picture.Picture;
import io.mediakeep.thumbnail.picture.Pictures;
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
    private static final String NO_PICTURE = "Cannot generate thumbnails for the requested content";

    private final ThumbnailSettings settings;
    private final MemoryBudget budget;
    private final ThreadPoolExecutor pool;

    /** A painter that takes its share of the heap. */
    public Painter(ThumbnailSettings settings) {
        this(settings, MemoryBudget.ofHeap());
    }

    Painter(ThumbnailSettings settings, MemoryBudget budget) {
        this.settings = settings;
        this.budget = budget;
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
     * picture, or a broken one; 413 for one with too many bytes or pixels; 503 when too many are waiting. It fails with
     * an {@link UncheckedIOException} when the content cannot be read.
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

    private Drawing drawn(Content source, ThumbnailSpec spec) throws IOException, InterruptedException {
        if (source.size() > settings.maxSourceSize()) {
            throw MatrixException.pictureTooLarge();
        }
        try (ContentStream in = new ContentStream(source)) {
            try {
                return drawn(Pictures.open(in), spec);
            } catch (IOException | RuntimeException | LinkageError | StackOverflowError failure) {
                throw refusal(failure, in, source);
            }
        }
    }

    private Drawing drawn(Picture picture, ThumbnailSpec spec) throws IOException, InterruptedException {
        if ((long) picture.width() * picture.height() > settings.maxSourcePixels()) {
            throw MatrixException.pictureTooLarge();
        }
        if (servesAsItIs(picture, spec)) {
            return new Drawing.Original(picture.format().contentType(), picture.width(), picture.height());
        }
        Draft draft = Draft.of(picture, spec, settings, budget);
        return budget.spend(draft.bytes(), draft::draw);
    }

    private static boolean servesAsItIs(Picture picture, ThumbnailSpec spec) {
        return picture.format().servable()
                && picture.orientation() == Orientation.UPRIGHT
                && picture.width() <= spec.width()
                && picture.height() <= spec.height()
                && (spec.animated() || !picture.animated());
    }

    private static RuntimeException refusal(Throwable failure, ContentStream in, Content source) {
        if (failure instanceof MatrixException refusal) {
            return refusal;
        }
        if (in.failure().isPresent()) {
            return new UncheckedIOException(in.failure().get());
        }
        log.debug("No thumbnail of {}: {}", source.sha256(), failure.toString());
        return MatrixException.badRequest(NO_PICTURE);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
