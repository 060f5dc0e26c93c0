package io.mediakeep.media;

import io.mediakeep.blob.BlobStore;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives media out. */
public final class Downloads {
    private final ServerName home;
    private final boolean frozen;
    private final MediaLookups lookups;
    private final PendingUploads pending;
    private final LastAccesses<Mxc> accesses;
    private final BlobStore store;

    /** Gives out what this server keeps. */
    public Downloads(
            ServerName home,
            boolean frozen,
            MediaLookups lookups,
            PendingUploads pending,
            LastAccesses<Mxc> accesses,
            BlobStore store) {
        this.home = home;
        this.frozen = frozen;
        this.lookups = lookups;
        this.pending = pending;
        this.accesses = accesses;
        this.store = store;
    }

    /**
     * The content, at once or when it arrives (then on a thread that may block). Fails with 404 {@code M_NOT_FOUND}
     * for what is not there or must not be seen, and with 504 {@code M_NOT_YET_UPLOADED} at the deadline.
     */
    public CompletionStage<Content> open(DownloadRequest request) {
        Lookup found = request.mxc().server().equals(home) ? lookups.find(request.mxc()) : new Lookup.Absent();
        if (found instanceof Lookup.Stored stored) {
            return CompletableFuture.completedStage(stored.media()).thenApply(media -> content(media, request));
        }
        boolean mayWait = request.authenticated() || !frozen;
        if (found instanceof Lookup.Pending && mayWait) {
            return pending.await(request.mxc(), request.deadline()).thenApply(media -> content(media, request));
        }
        return CompletableFuture.failedStage(MatrixException.notFound());
    }

    private Content content(Media media, DownloadRequest request) {
        if (media.quarantined() || (media.authenticatedOnly() && !request.authenticated())) {
            throw MatrixException.notFound();
        }
        accesses.note(media.mxc());
        return new Content(media.contentType(), media.fileName(), media.size(), media.blob(), store);
    }
}
