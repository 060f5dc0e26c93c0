package io.mediakeep.thumbnail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.concurrent.CacheCounts;
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

/** Serves thumbnails: stored ones, or new ones, each of which is rendered once for all concurrent requests. */
public final class Thumbnails {
    /** Bounds of the cache of rejections, which saves rendering again what cannot be rendered. */
    private static final int MAX_CACHED_FAILURES = 10_000;

    private static final Duration FAILURE_TTL = Duration.ofMinutes(5);

    private final Downloads downloads;
    private final ThumbnailStore store;
    private final ThumbnailRenderer renderer;
    private final Executor executor;
    private final CacheCounts counts = new CacheCounts();
    private final SingleFlight<ThumbnailKey, Content> renderings = new SingleFlight<>();
    private final Cache<ThumbnailKey, MatrixException> failures = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED_FAILURES)
            .expireAfterWrite(FAILURE_TTL)
            .build();

    /**
     * Thumbnails of the content of downloads.
     *
     * @param executor stores what was rendered; its threads may block
     */
    public Thumbnails(Downloads downloads, ThumbnailStore store, ThumbnailRenderer renderer, Executor executor) {
        this.downloads = downloads;
        this.store = store;
        this.renderer = renderer;
        this.executor = executor;
    }

    /**
     * The thumbnail, at once or when it is rendered (then on a thread that may block). Fails as {@link Downloads#open}
     * does, with 400 {@code M_UNKNOWN} for content that is not an image, 413 {@code M_TOO_LARGE} for an image that is
     * too large to render, and 503 when too many requests are queued.
     */
    public CompletionStage<Content> open(DownloadRequest request, ThumbnailSpec spec) {
        Optional<Mxc> origins =
                downloads.mustFetch(request.mxc()) ? OriginThumbnails.of(request.mxc(), spec) : Optional.empty();
        return origins.isEmpty()
                ? renderedFrom(request, spec)
                : CompletableFuture.completedStage(request.of(origins.get()))
                        .thenCompose(smaller -> renderedFrom(smaller, spec))
                        .exceptionallyCompose(failure -> OriginThumbnails.shouldTryOriginal(failure)
                                ? renderedFrom(request, spec)
                                : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<Content> renderedFrom(DownloadRequest request, ThumbnailSpec spec) {
        ThumbnailKey key = new ThumbnailKey(request.mxc(), spec);
        return downloads
                .openWhole(request)
                .thenCompose(original -> find(key, original)
                        .<CompletionStage<Content>>map(CompletableFuture::completedStage)
                        .orElseGet(() -> renderings.getAsync(key, () -> rendered(key, original))));
    }

    private Optional<Content> find(ThumbnailKey key, Content original) {
        Optional<Content> found = store.find(key, original);
        counts.count(found.isPresent());
        return found;
    }

    /** How often a thumbnail was stored when it was requested. */
    public CacheCounts counts() {
        return counts;
    }

    private CompletionStage<Content> rendered(ThumbnailKey key, Content original) {
        rethrow(key);
        Optional<Content> found = store.findUncached(key, original);
        if (found.isPresent()) {
            return CompletableFuture.completedStage(found.get());
        }
        return renderer.render(original, key.spec())
                .thenApply(result -> OriginThumbnails.requireLargeEnough(result, key))
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(attributed(failure, key)))
                .whenComplete((result, failure) -> cacheFailure(key, failure))
                .thenApplyAsync(result -> store(key, result, original), executor);
    }

    private Content store(ThumbnailKey key, RenderResult result, Content original) {
        try {
            return result instanceof RenderResult.Original unchanged
                    ? store.store(key, unchanged, original)
                    : store.store(key, (RenderResult.Rendered) result, original);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void rethrow(ThumbnailKey key) {
        MatrixException rejection = failures.getIfPresent(key);
        if (rejection != null) {
            throw rejection;
        }
    }

    /** For remote media 413 becomes 502: the client is not at fault. */
    private Throwable attributed(Throwable failure, ThumbnailKey key) {
        return downloads.isRemote(key.mxc())
                        && MatrixException.in(failure)
                                .filter(Thumbnails::tooLarge)
                                .isPresent()
                ? MatrixException.remoteTooLarge()
                : failure;
    }

    private static boolean tooLarge(MatrixException rejection) {
        return rejection.code() == ErrorCode.M_TOO_LARGE;
    }

    /** Caches only failures caused by the image, not by load. */
    private void cacheFailure(ThumbnailKey key, @Nullable Throwable failure) {
        MatrixException.in(failure)
                .filter(rejection -> rejection.retryAfter().isEmpty())
                .ifPresent(rejection -> failures.put(key, rejection));
    }
}
