package io.mediakeep.thumbnail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.concurrent.SingleFlight;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.download.Downloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Gives thumbnails out: kept ones, or new ones, each of which is drawn once for all who ask at the same time. */
public final class Thumbnails {
    /** How many refusals are remembered, and how long, so that what cannot be drawn is not tried again and again. */
    private static final int MOST_REFUSALS = 10_000;

    private static final Duration REFUSED_FOR = Duration.ofMinutes(5);

    private final Downloads downloads;
    private final KeptThumbnails kept;
    private final Painter painter;
    private final Executor executor;
    private final SingleFlight<Variant, Content> drawings = new SingleFlight<>();
    private final Cache<Variant, MatrixException> refusals = Caffeine.newBuilder()
            .maximumSize(MOST_REFUSALS)
            .expireAfterWrite(REFUSED_FOR)
            .build();

    /**
     * Gives out thumbnails of what the downloads give out.
     *
     * @param executor where what was drawn is kept; its threads may block
     */
    public Thumbnails(Downloads downloads, KeptThumbnails kept, Painter painter, Executor executor) {
        this.downloads = downloads;
        this.kept = kept;
        this.painter = painter;
        this.executor = executor;
    }

    /**
     * The thumbnail, at once or when it is drawn (then on a thread that may block). Fails as {@link Downloads#open}
     * does, with 400 {@code M_UNKNOWN} for what is no picture, 413 {@code M_TOO_LARGE} for what is too large to draw,
     * and 503 when too many wait to be drawn.
     */
    public CompletionStage<Content> open(DownloadRequest request, ThumbnailSpec spec) {
        Optional<Mxc> theirs =
                downloads.mustFetch(request.mxc()) ? OriginThumbnails.of(request.mxc(), spec) : Optional.empty();
        return theirs.isEmpty()
                ? drawnFrom(request, spec)
                : CompletableFuture.completedStage(request.of(theirs.get()))
                        .thenCompose(smaller -> drawnFrom(smaller, spec))
                        .exceptionallyCompose(failure -> OriginThumbnails.originalMayDo(failure)
                                ? drawnFrom(request, spec)
                                : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<Content> drawnFrom(DownloadRequest request, ThumbnailSpec spec) {
        Variant variant = new Variant(request.mxc(), spec);
        return downloads
                .openWhole(request)
                .thenCompose(original -> kept.find(variant, original)
                        .<CompletionStage<Content>>map(CompletableFuture::completedStage)
                        .orElseGet(() -> drawings.getAsync(variant, () -> drawn(variant, original))));
    }

    private CompletionStage<Content> drawn(Variant variant, Content original) {
        refuseAgain(variant);
        Optional<Content> found = kept.lookAgain(variant, original);
        if (found.isPresent()) {
            return CompletableFuture.completedStage(found.get());
        }
        return painter.draw(original, variant.spec())
                .thenApply(drawing -> OriginThumbnails.largeEnough(drawing, variant))
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(blamed(failure, variant)))
                .whenComplete((drawing, failure) -> rememberRefusal(variant, failure))
                .thenApplyAsync(drawing -> keep(variant, drawing, original), executor);
    }

    private Content keep(Variant variant, Drawing drawing, Content original) {
        try {
            return drawing instanceof Drawing.Original serves
                    ? kept.keep(variant, serves, original)
                    : kept.keep(variant, (Drawing.Drawn) drawing, original);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void refuseAgain(Variant variant) {
        MatrixException refusal = refusals.getIfPresent(variant);
        if (refusal != null) {
            throw refusal;
        }
    }

    /** What another server has is not the client's fault. */
    private Throwable blamed(Throwable failure, Variant variant) {
        return downloads.isRemote(variant.mxc())
                        && MatrixException.in(failure)
                                .filter(Thumbnails::tooLarge)
                                .isPresent()
                ? MatrixException.remoteTooLarge()
                : failure;
    }

    private static boolean tooLarge(MatrixException refusal) {
        return refusal.code() == ErrorCode.M_TOO_LARGE;
    }

    /** Only what says something of the picture, not that too many are drawn. */
    private void rememberRefusal(Variant variant, @Nullable Throwable failure) {
        MatrixException.in(failure)
                .filter(refusal -> refusal.retryAfter().isEmpty())
                .ifPresent(refusal -> refusals.put(variant, refusal));
    }
}
