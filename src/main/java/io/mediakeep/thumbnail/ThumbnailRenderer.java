package io.mediakeep.thumbnail;

import io.mediakeep.concurrent.BoundedThreadPool;
import io.mediakeep.concurrent.Counts;
import io.mediakeep.concurrent.PoolState;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.content.Content;
import io.mediakeep.thumbnail.image.ContentImageStream;
import io.mediakeep.thumbnail.image.ImageFormat;
import io.mediakeep.thumbnail.image.Orientation;
import io.mediakeep.thumbnail.image.SourceImage;
import io.mediakeep.thumbnail.image.TimeLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders thumbnails, with one memory budget and one bounded thread pool for all of them. */
public final class ThumbnailRenderer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ThumbnailRenderer.class);

    private static final int MAX_WAITING = 256;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration MAX_CPU_TIME = Duration.ofSeconds(10);
    private static final String NOT_RENDERABLE = "Cannot generate thumbnails for the requested content";

    private final ThumbnailSettings settings;
    private final MemoryBudget budget;
    private final Duration maxCpuTime;
    private final RenderFailures failures = new RenderFailures();
    private final BoundedThreadPool pool;
    private final Counts<ImageFormat> rendered = new Counts<>(ImageFormat.class);
    private final Counts<ImageFormat> rejected = new Counts<>(ImageFormat.class);
    private final LongAdder unknown = new LongAdder();

    /** A renderer with a share of the heap. */
    public ThumbnailRenderer(ThumbnailSettings settings) {
        this(settings, MemoryBudget.ofHeap(), MAX_CPU_TIME);
    }

    /** @param maxCpuTime the processor time for one rendering, and the same for parsing the file before it */
    ThumbnailRenderer(ThumbnailSettings settings, MemoryBudget budget, Duration maxCpuTime) {
        this.settings = settings;
        this.budget = budget;
        this.maxCpuTime = maxCpuTime;
        this.pool = new BoundedThreadPool("thumbnail-renderer", settings.workers(), MAX_WAITING);
    }

    /**
     * Renders a thumbnail on a thread of the pool. The future fails with a {@link MatrixException}: 400 for content
     * that is not an image, or a corrupt one; 413 for an image with too many bytes or pixels, or that takes too long;
     * 503 when too many requests are queued. It fails with an {@link UncheckedIOException} when the content cannot be
     * read. A rejection is cached by the hash of the content, and repeated at once.
     */
    public CompletableFuture<RenderResult> render(Content source, ThumbnailSpec spec) {
        CompletableFuture<RenderResult> result = new CompletableFuture<>();
        try {
            pool.execute(() -> complete(result, source, spec));
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(
                    MatrixException.unavailable("Too many thumbnails are being rendered", RETRY_AFTER));
        }
        return result;
    }

    private void complete(CompletableFuture<RenderResult> result, Content source, ThumbnailSpec spec) {
        try {
            result.complete(renderNow(source, spec));
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        }
    }

    /** Renders a thumbnail on the calling thread. Fails as {@link #render} does. */
    RenderResult renderNow(Content source, ThumbnailSpec spec) throws IOException, InterruptedException {
        failures.rethrow(source.sha256());
        if (source.size() > settings.maxSourceSize()) {
            throw MatrixException.imageTooLarge();
        }
        try (ContentImageStream in = new ContentImageStream(source, new TimeLimit(maxCpuTime))) {
            Optional<ImageFormat> format = Optional.empty();
            try {
                format = SourceImages.format(in);
                return renderNow(requireRenderable(SourceImages.open(in)), spec, in.limit());
            } catch (IOException | RuntimeException | LinkageError | StackOverflowError failure) {
                throw rejection(failure, in, source, format);
            }
        }
    }

    /** The numbers of rendered images since the start, by format of the source. */
    public Map<String, LongSupplier> rendered() {
        return rendered.byName();
    }

    /** The numbers of corrupt and too large images since the start by format, and of files that are none: {@code unknown}. */
    public Map<String, LongSupplier> rejected() {
        Map<String, LongSupplier> all = new HashMap<>(rejected.byName());
        all.put("unknown", unknown::sum);
        return all;
    }

    /** The state of the pool. */
    public PoolState pool() {
        return pool.state();
    }

    /** The reserved part of the memory budget, in bytes. */
    public long usedMemory() {
        return budget.total() - budget.available();
    }

    /** The memory budget in bytes. */
    public long memory() {
        return budget.total();
    }

    /** An image with more pixels than may be decoded, or that needs more memory than the budget has. */
    private SourceImage requireRenderable(SourceImage image) throws TooLargeException {
        if (image.decodedPixels() > settings.maxSourcePixels() || !budget.canEverHold(RenderPlan.minBytes(image))) {
            throw new TooLargeException();
        }
        return image;
    }

    private RenderResult renderNow(SourceImage image, ThumbnailSpec spec, TimeLimit limit)
            throws IOException, InterruptedException {
        if (isOriginalSufficient(image, spec)) {
            return new RenderResult.Original(image.format().contentType(), image.width(), image.height());
        }
        RenderPlan plan = RenderPlan.of(image, spec, settings, budget);
        RenderResult result = budget.runWith(plan.bytes(), () -> {
            limit.restart();
            return plan.render(limit);
        });
        rendered.increment(image.format());
        return result;
    }

    private static boolean isOriginalSufficient(SourceImage image, ThumbnailSpec spec) {
        return image.format().servable()
                && image.orientation() == Orientation.UPRIGHT
                && image.width() <= spec.width()
                && image.height() <= spec.height()
                && (spec.animated() || !image.animated());
    }

    private RuntimeException rejection(
            Throwable failure, ContentImageStream in, Content source, Optional<ImageFormat> format) {
        if (failure instanceof MatrixException ofThisSize) {
            return ofThisSize;
        }
        if (in.failure().isPresent()) {
            return new UncheckedIOException(in.failure().get());
        }
        log.debug("No thumbnail of {}: {}", source.sha256(), failure.toString());
        format.ifPresentOrElse(rejected::increment, unknown::increment);
        boolean tooLarge = failure instanceof TooLargeException || in.limit().exceeded();
        return failures.add(
                source.sha256(),
                tooLarge ? MatrixException.imageTooLarge() : MatrixException.badRequest(NOT_RENDERABLE));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** A image with more pixels than may be decoded, or that needs more memory than there is. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
