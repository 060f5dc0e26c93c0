package io.mediakeep.media.download;

import io.mediakeep.concurrent.CacheCounts;
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

/** Downloads of media: stored here, pending, or fetched from other servers. */
public final class Downloads {
    private final ServerName localServer;
    private final boolean frozen;
    private final MediaLookups lookups;
    private final PendingUploads pending;
    private final RemoteCache remote;
    private final ImportedMedia imported;
    private final AccessRecorder accesses;
    private final BlobReader reader;
    private final Executor executor;
    private final CacheCounts remoteCounts = new CacheCounts();

    /**
     * Downloads of what this server has, and of what it fetches.
     *
     * @param executor runs what follows a wait; its threads may block
     */
    public Downloads(
            ServerName localServer,
            boolean frozen,
            MediaLookups lookups,
            PendingUploads pending,
            RemoteCache remote,
            ImportedMedia imported,
            AccessRecorder accesses,
            BlobReader reader,
            Executor executor) {
        this.localServer = localServer;
        this.frozen = frozen;
        this.lookups = lookups;
        this.pending = pending;
        this.remote = remote;
        this.imported = imported;
        this.accesses = accesses;
        this.reader = reader;
        this.executor = executor;
    }

    /**
     * The content, at once or when the first bytes are available (then on a thread that may block). Fails with 404
     * {@code M_NOT_FOUND} for content that does not exist or must not be seen, with 504 {@code M_NOT_YET_UPLOADED} at
     * the deadline, and as {@link RemoteCache#fetch} does.
     */
    public CompletionStage<? extends DownloadResult> open(DownloadRequest request) {
        Optional<CompletionStage<Content>> local = local(request);
        return local.isPresent()
                ? local.get()
                : importedOrFetched(
                        request,
                        item -> CompletableFuture.<DownloadResult>completedStage(content(item, request)),
                        fetch -> inProgress(fetch, request));
    }

    /** As {@link #open}, but quarantined content is content like any other. */
    public CompletionStage<? extends DownloadResult> openQuarantined(DownloadRequest request) {
        return lookups.stored(request.mxc()) instanceof Lookup.Stored stored
                        && stored.media().quarantined()
                ? CompletableFuture.completedStage(stored.media()).thenApply(media -> unlessHidden(media, request))
                : open(request);
    }

    /**
     * Content that has been stored in the meantime, or will be in a moment, is returned as complete; content for which there
     * is no space, as it is received.
     */
    private CompletionStage<DownloadResult> inProgress(RemoteFetch fetch, DownloadRequest request) {
        return fetch.isComplete()
                ? stored(fetch, request)
                        .<DownloadResult>thenApply(content -> content)
                        .exceptionallyCompose(failure -> isOutOfSpace(failure)
                                ? fetch.readable().thenApply(content -> content)
                                : CompletableFuture.failedStage(failure))
                : started(fetch)
                        .thenCompose(none -> fetch.readable())
                        .thenApplyAsync(
                                content -> fetch.media()
                                        .<DownloadResult>map(media -> currentContent(request))
                                        .orElse(content),
                                executor);
    }

    private CompletionStage<Content> stored(RemoteFetch fetch, DownloadRequest request) {
        return started(fetch)
                .thenCompose(none -> fetch.stored())
                .thenApplyAsync(media -> currentContent(request), executor);
    }

    /** When the fetch starts; fails with 503, on a thread that may block, when it is queued for too long. */
    private CompletionStage<Void> started(RemoteFetch fetch) {
        return fetch.start()
                .exceptionallyComposeAsync(
                        timeout -> CompletableFuture.failedStage(MatrixException.unavailable(
                                "Too many fetches of remote media are queued; try again later",
                                FetchExecutor.RETRY_AFTER)),
                        executor);
    }

    /** As {@link #open}, but always complete. */
    public CompletionStage<Content> openWhole(DownloadRequest request) {
        return local(request)
                .orElseGet(() ->
                        importedOrFetched(request, item -> adopted(item, request), fetch -> stored(fetch, request)));
    }

    /** What is derived from the content is stored beside it, so this waits until it is adopted, if that is possible. */
    private CompletionStage<Content> adopted(ImportedMedia.Item item, DownloadRequest request) {
        return item.adopted()
                .thenApplyAsync(
                        done -> lookups.current(request.mxc())
                                .map(media -> content(media, request))
                                .orElseGet(() -> content(item, request)),
                        executor);
    }

    private <T extends DownloadResult> CompletionStage<T> importedOrFetched(
            DownloadRequest request,
            Function<ImportedMedia.Item, CompletionStage<T>> toImported,
            Function<RemoteFetch, CompletionStage<T>> toFetched) {
        return imported == ImportedMedia.NONE
                ? absent(request, toFetched)
                : imported.find(request.mxc())
                        .thenCompose(found -> found.map(toImported).orElseGet(() -> absent(request, toFetched)));
    }

    /** Neither stored here nor to be imported. */
    private <T extends DownloadResult> CompletionStage<T> absent(
            DownloadRequest request, Function<RemoteFetch, CompletionStage<T>> toResult) {
        return isRemote(request.mxc()) && request.mxc().isFetchable()
                ? fetchRemote(request, toResult)
                : CompletableFuture.failedStage(MatrixException.notFound());
    }

    /**
     * Whether it is remote media that is not stored here. While media is imported, that is not known.
     *
     * @throws MatrixException 404 when it is not stored and quarantined, and so must not be fetched
     */
    public boolean mustFetch(Mxc mxc) {
        boolean absent = imported == ImportedMedia.NONE
                && mxc.isFetchable()
                && isRemote(mxc)
                && !(lookups.stored(mxc) instanceof Lookup.Stored);
        if (absent) {
            lookups.requireUnquarantinedUri(mxc);
        }
        return absent;
    }

    /** Whether it is media of another server. */
    public boolean isRemote(Mxc mxc) {
        return !mxc.server().equals(localServer);
    }

    /** Stored content, or content whose upload is pending; empty for what is neither. */
    private Optional<CompletionStage<Content>> local(DownloadRequest request) {
        boolean isLocal = !isRemote(request.mxc());
        Lookup found = isLocal ? lookups.find(request.mxc()) : lookups.stored(request.mxc());
        boolean hit = found instanceof Lookup.Stored stored && (isLocal || exists(stored.media()));
        if (!isLocal) {
            remoteCounts.count(hit);
        }
        if (hit && found instanceof Lookup.Stored stored) {
            return Optional.of(
                    CompletableFuture.completedStage(stored.media()).thenApply(media -> content(media, request)));
        }
        if (found instanceof Lookup.Pending && mayWait(request)) {
            return Optional.of(
                    pending.await(request.mxc(), request.deadline()).thenApply(media -> currentContent(request)));
        }
        return found instanceof Lookup.Pending
                ? Optional.of(CompletableFuture.failedStage(MatrixException.notFound()))
                : Optional.empty();
    }

    /** How often remote media was stored here when it was requested. */
    public CacheCounts remoteCounts() {
        return remoteCounts;
    }

    /** Remote media whose bytes were lost here can be fetched again. */
    private boolean exists(Media media) {
        try {
            return media.quarantined() || reader.exists(media.blob(), media.size());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * A reader with a later deadline than the request that started the fetch is not failed by that one's deadline: it
     * fetches again.
     */
    private <T extends DownloadResult> CompletionStage<T> fetchRemote(
            DownloadRequest request, Function<RemoteFetch, CompletionStage<T>> toResult) {
        if (!request.mayFetch() || !mayWait(request)) {
            throw MatrixException.notFound();
        }
        lookups.requireUnquarantinedUri(request.mxc());
        RemoteFetch fetch = remote.fetch(request);
        boolean laterDeadline = request.deadline().isAfter(fetch.deadline());
        CompletionStage<T> result =
                toResult.apply(fetch).thenApplyAsync(found -> unlessUriIsQuarantined(found, request.mxc()), executor);
        return laterDeadline
                ? result.exceptionallyCompose(failure -> isNotYetUploaded(failure)
                        ? fetchRemote(request, toResult)
                        : CompletableFuture.failedStage(failure))
                : result;
    }

    /** It may have been quarantined while the request waited. */
    private <T> T unlessUriIsQuarantined(T found, Mxc mxc) {
        lookups.requireUnquarantinedUri(mxc);
        return found;
    }

    private static boolean isNotYetUploaded(Throwable failure) {
        return MatrixException.in(failure)
                .filter(exception -> exception.code() == ErrorCode.M_NOT_YET_UPLOADED)
                .isPresent();
    }

    private static boolean isOutOfSpace(Throwable failure) {
        return MatrixException.in(failure)
                .filter(MatrixException::isInsufficientStorage)
                .isPresent();
    }

    /** While media is frozen, new media is hidden from unauthenticated requests, so those neither wait nor fetch. */
    private boolean mayWait(DownloadRequest request) {
        return request.authenticated() || !frozen;
    }

    /** After a wait: the media may have been quarantined or deleted since it was found. */
    private Content currentContent(DownloadRequest request) {
        return lookups.current(request.mxc())
                .map(media -> content(media, request))
                .orElseThrow(MatrixException::notFound);
    }

    private Content content(Media media, DownloadRequest request) {
        if (media.quarantined()) {
            throw MatrixException.notFound();
        }
        return unlessHidden(media, request);
    }

    private Content content(ImportedMedia.Item item, DownloadRequest request) {
        if (item.media().quarantined()) {
            throw MatrixException.notFound();
        }
        return unlessHidden(item.media(), item.reader(), request);
    }

    private Content unlessHidden(Media media, DownloadRequest request) {
        return unlessHidden(media, reader, request);
    }

    private Content unlessHidden(Media media, BlobReader from, DownloadRequest request) {
        if (media.authenticatedOnly() && !request.authenticated()) {
            throw MatrixException.notFound();
        }
        accesses.record(media);
        return new Content(media.contentType(), media.fileName(), media.size(), media.blob(), from, media.isPublic());
    }
}
