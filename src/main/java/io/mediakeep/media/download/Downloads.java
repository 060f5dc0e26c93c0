package io.mediakeep.media.download;

import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.Lookup;
import io.mediakeep.media.Media;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.media.content.Content;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.content.DownloadResult;
import io.mediakeep.media.content.RemoteFetch;
import io.mediakeep.media.remote.FetchExecutor;
import io.mediakeep.media.remote.RemoteCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Gives media out. */
public final class Downloads {
    private final ServerName home;
    private final boolean frozen;
    private final MediaLookups lookups;
    private final PendingUploads pending;
    private final RemoteCache remote;
    private final LastAccesses<Mxc> accesses;
    private final BlobReader reader;
    private final Executor executor;

    /**
     * Gives out what this server keeps, and what it fetches.
     *
     * @param executor where readers go on for whom something was fetched; its threads may block
     */
    public Downloads(
            ServerName home,
            boolean frozen,
            MediaLookups lookups,
            PendingUploads pending,
            RemoteCache remote,
            LastAccesses<Mxc> accesses,
            BlobReader reader,
            Executor executor) {
        this.home = home;
        this.frozen = frozen;
        this.lookups = lookups;
        this.pending = pending;
        this.remote = remote;
        this.accesses = accesses;
        this.reader = reader;
        this.executor = executor;
    }

    /**
     * The content, at once or when there is something of it (then on a thread that may block). Fails with 404
     * {@code M_NOT_FOUND} for what is not there or must not be seen, with 504 {@code M_NOT_YET_UPLOADED} at the
     * deadline, and as {@link RemoteCache#fetch} does.
     */
    public CompletionStage<? extends DownloadResult> open(DownloadRequest request) {
        Optional<CompletionStage<Content>> here = here(request);
        return here.isPresent() ? here.get() : fetched(request, arrival -> begun(arrival, request));
    }

    /** What is kept meanwhile, or in a moment, is given out like all that is kept. */
    private CompletionStage<DownloadResult> begun(RemoteFetch arrival, DownloadRequest request) {
        return arrival.isWhole()
                ? kept(arrival, request).thenApply(content -> content)
                : turn(arrival)
                        .thenCompose(come -> arrival.readable())
                        .thenApplyAsync(
                                arriving -> arrival.media()
                                        .<DownloadResult>map(media -> content(media, request))
                                        .orElse(arriving),
                                executor);
    }

    private CompletionStage<Content> kept(RemoteFetch arrival, DownloadRequest request) {
        return turn(arrival)
                .thenCompose(come -> arrival.kept())
                .thenApplyAsync(media -> content(media, request), executor);
    }

    /** When the fetch begins; fails with 503, on a thread that may block, when its turn does not come in time. */
    private CompletionStage<Void> turn(RemoteFetch arrival) {
        return arrival.turn()
                .exceptionallyComposeAsync(
                        late -> CompletableFuture.failedStage(MatrixException.unavailable(
                                "Too much is being fetched from other servers", FetchExecutor.TRY_AGAIN)),
                        executor);
    }

    /** As {@link #open}, but only when all of it is here. */
    public CompletionStage<Content> openWhole(DownloadRequest request) {
        return here(request).orElseGet(() -> fetched(request, arrival -> kept(arrival, request)));
    }

    /** Whether it is another server's, and has to be fetched from there. */
    public boolean mustFetch(Mxc mxc) {
        return isRemote(mxc) && !(lookups.fetched(mxc) instanceof Lookup.Stored);
    }

    /** Whether it is another server's, whether we have it or not. */
    public boolean isRemote(Mxc mxc) {
        return !mxc.server().equals(home);
    }

    /** What is here, or will be when its upload ends; empty for media that has to be fetched. */
    private Optional<CompletionStage<Content>> here(DownloadRequest request) {
        boolean ours = !isRemote(request.mxc());
        Lookup found = ours ? lookups.find(request.mxc()) : lookups.fetched(request.mxc());
        if (found instanceof Lookup.Stored stored && (ours || isThere(stored.media()))) {
            return Optional.of(
                    CompletableFuture.completedStage(stored.media()).thenApply(media -> content(media, request)));
        }
        if (found instanceof Lookup.Pending && mayCauseWork(request)) {
            return Optional.of(
                    pending.await(request.mxc(), request.deadline()).thenApply(media -> content(media, request)));
        }
        return ours ? Optional.of(CompletableFuture.failedStage(MatrixException.notFound())) : Optional.empty();
    }

    /** Another server has what was lost here. */
    private boolean isThere(Media media) {
        try {
            return media.quarantined() || reader.holds(media.blob(), media.size());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Who joined the fetch of somebody less patient than himself goes on waiting when that one's patience ends. */
    private <T extends DownloadResult> CompletionStage<T> fetched(
            DownloadRequest request, Function<RemoteFetch, CompletionStage<T>> delivery) {
        if (!request.mayFetch() || !mayCauseWork(request)) {
            throw MatrixException.notFound();
        }
        RemoteFetch arrival = remote.fetch(request);
        boolean morePatient = request.deadline().isAfter(arrival.patience());
        CompletionStage<T> delivered = delivery.apply(arrival);
        return morePatient
                ? delivered.exceptionallyCompose(failure ->
                        notYet(failure) ? fetched(request, delivery) : CompletableFuture.failedStage(failure))
                : delivered;
    }

    private static boolean notYet(Throwable failure) {
        return MatrixException.in(failure)
                .filter(refusal -> refusal.code() == ErrorCode.M_NOT_YET_UPLOADED)
                .isPresent();
    }

    /** What comes from now on is hidden from who says no token when media is frozen, so it need not be waited for. */
    private boolean mayCauseWork(DownloadRequest request) {
        return request.authenticated() || !frozen;
    }

    private Content content(Media media, DownloadRequest request) {
        if (media.quarantined() || (media.authenticatedOnly() && !request.authenticated())) {
            throw MatrixException.notFound();
        }
        accesses.note(media.mxc());
        return new Content(media.contentType(), media.fileName(), media.size(), media.blob(), reader);
    }
}
