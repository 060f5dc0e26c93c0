package io.mediakeep.media.remote;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.concurrent.Counts;
import io.mediakeep.federation.RemoteContent;
import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.limits.FetchLimits.Fetch;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Media;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.content.FileName;
import io.mediakeep.media.content.RemoteFetch;
import io.mediakeep.storage.StorageFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of other servers' media. However many requests there are for an item, it is fetched once. */
public final class RemoteCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RemoteCache.class);

    private static final int REQUEST_TIMEOUT = 408;

    /** How long stopping waits until completely received content is stored. */
    private static final Duration MAX_STOP_WAIT = Duration.ofSeconds(2);

    private final RemoteMedia remote;
    private final FetchExecutor fetchers;
    private final boolean authenticatedOnly;
    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final MediaCatalog media;
    private final Clock clock;
    private final RecentFailures failures;
    private final ConcurrentMap<Mxc, RemoteFetch> fetches = new ConcurrentHashMap<>();
    private final Counts<Outcome> outcomes = new Counts<>(Outcome.class);
    private final LongAdder fetchedBytes = new LongAdder();

    private enum Outcome {
        /** All of it was received, or another node had stored it. */
        COMPLETE,
        /** The origin does not have it, or cannot be reached. */
        NOT_FOUND,
        /** The origin failed, was too slow, or sent too much. */
        FAILED,
        /** The local disk or database failed. */
        STORAGE_FAILED
    }

    /**
     * Without running fetches.
     *
     * @param authenticatedOnly whether new media is hidden from endpoints without an access token
     */
    public RemoteCache(
            RemoteMedia remote,
            FetchExecutor fetchers,
            boolean authenticatedOnly,
            SpoolDirectory spools,
            Blobs blobs,
            MediaCatalog media,
            Clock clock) {
        this.remote = remote;
        this.fetchers = fetchers;
        this.authenticatedOnly = authenticatedOnly;
        this.spools = spools;
        this.blobs = blobs;
        this.media = media;
        this.clock = clock;
        this.failures = new RecentFailures();
    }

    /**
     * The running fetch of the content, or a new one on behalf of the caller.
     *
     * @throws MatrixException 404 for a server from which nothing is fetched, 429 when the caller has fetched too much,
     *     the failure of the last fetch if that was a moment ago
     */
    public RemoteFetch fetch(DownloadRequest request) {
        if (!remote.permits(request.mxc().server())) {
            throw MatrixException.notFound();
        }
        return fetches.compute(
                request.mxc(), (mxc, running) -> running == null || running.isEnded() ? start(request) : running);
    }

    /**
     * Runs within the map's lock, so that only the request that starts a fetch is counted for it; nothing here blocks.
     */
    private RemoteFetch start(DownloadRequest request) {
        failures.rethrow(request.mxc(), request.deadline());
        RemoteFetch fetch = new RemoteFetch(blobs.reader(), request.deadline(), media::isUnrestricted);
        String site = remote.site(request.mxc().server());
        fetchers.execute(request, site, allowance -> run(request.mxc(), allowance, fetch));
        fetch.limitQueueing(fetchers.maxQueueing());
        return fetch;
    }

    /** The fetch always ends, and then no request can join it any more. */
    private void run(Mxc mxc, Fetch allowance, RemoteFetch fetch) {
        MatrixException exception = MatrixException.badGateway("The content could not be fetched");
        try {
            if (fetch.begin()) {
                fetchUnlessStored(mxc, allowance, fetch);
                outcomes.increment(Outcome.COMPLETE);
            }
        } catch (MatrixException known) {
            outcomes.increment(known.code() == ErrorCode.M_NOT_FOUND ? Outcome.NOT_FOUND : Outcome.FAILED);
            exception = cached(mxc, forClient(known));
        } catch (IOException brokenOff) {
            outcomes.increment(ofStorage(brokenOff).isPresent() ? Outcome.STORAGE_FAILED : Outcome.FAILED);
            log.info("{} could not be fetched: {}", mxc, brokenOff.getMessage());
            exception = ofStorage(brokenOff).orElseGet(() -> cached(mxc, RemoteContent.toException(brokenOff)));
        } catch (RuntimeException fault) {
            outcomes.increment(ofStorage(fault).isPresent() ? Outcome.STORAGE_FAILED : Outcome.FAILED);
            exception = ofStorage(fault).orElse(exception);
            report(mxc, fault);
        } finally {
            fetches.remove(mxc, fetch);
            fetch.fail(exception); // no effect if it has ended
        }
    }

    private void fetchUnlessStored(Mxc mxc, Fetch allowance, RemoteFetch fetch) throws IOException {
        Optional<Media> here = media.findIntact(mxc); // stored since the lookup, maybe by another node
        if (here.isPresent()) {
            fetch.completeWithExisting(here.get());
        } else {
            long received = receive(mxc, fetch);
            fetchedBytes.add(received);
            allowance.charge(received);
        }
    }

    /** The numbers of fetches since the start, by outcome. */
    public Map<String, LongSupplier> outcomes() {
        return outcomes.byName();
    }

    /** The bytes of completely received content since the start. */
    public long fetchedBytes() {
        return fetchedBytes.sum();
    }

    /** The number of running and queued fetches. */
    public int running() {
        return fetches.size();
    }

    /** A slow origin is no fault of the client (408), which sends nothing; blocked content (403) does not exist. */
    private static MatrixException forClient(MatrixException exception) {
        if (exception.code() == ErrorCode.M_FORBIDDEN) {
            return MatrixException.notFound();
        }
        return exception.status() == REQUEST_TIMEOUT
                ? MatrixException.badGateway("The origin sends too slowly")
                : exception;
    }

    /** Failures of the local disk or database are not cached: the next attempt may succeed. */
    private static Optional<MatrixException> ofStorage(Exception failure) {
        return StorageFailure.of(failure).map(StorageFailure::toException);
    }

    private void report(Mxc mxc, RuntimeException fault) {
        if (StorageFailure.of(fault).isPresent()) {
            log.warn("{} could not be fetched: {}", mxc, StorageFailure.reason(fault));
        } else {
            log.error("{} could not be fetched", mxc, fault);
            cached(mxc, MatrixException.badGateway("The content could not be fetched"));
        }
    }

    private MatrixException cached(Mxc mxc, MatrixException exception) {
        if (!exception.isInsufficientStorage()) {
            failures.record(mxc, exception);
        }
        return exception;
    }

    /** Returns the number of bytes received. */
    private long receive(Mxc mxc, RemoteFetch fetch) throws IOException {
        try (RemoteContent content = remote.download(mxc, fetch.deadline().remaining())) {
            fetch.publish(content);
            try (Spool spool = spools.receive(content.bytes(), remote.maxSize(), fetch)) {
                if (spools.space().isLow()) {
                    return serveUnstored(mxc, spool, fetch);
                }
                Media stored = blobs.store(spool, location -> media.addFetched(media(mxc, content, spool, location)));
                log.info("Fetched {}, {} bytes of {}", mxc, stored.size(), stored.contentType());
                completeWith(stored, fetch);
                return stored.size();
            }
        }
    }

    private static void completeWith(Media stored, RemoteFetch fetch) {
        if (stored.quarantined()) {
            fetch.fail(MatrixException.notFound());
        } else {
            fetch.completeWith(stored);
        }
    }

    /**
     * Serves content that cannot be stored for lack of space: its readers receive all of it, and later requests fetch
     * it again.
     */
    private static long serveUnstored(Mxc mxc, Spool spool, RemoteFetch fetch) {
        if (!fetch.isComplete()) {
            throw MatrixException.notFound(); // it must not be served
        }
        spool.delayRemoval();
        fetch.fail(StorageFailure.NO_SPACE.toException());
        log.info("Fetched {}, {} bytes, which are not stored for lack of free space", mxc, spool.size());
        return spool.size();
    }

    private Media media(Mxc mxc, RemoteContent content, Spool spool, BlobLocation location) {
        return new Media(
                mxc,
                Optional.empty(),
                content.contentType(),
                content.fileName().flatMap(FileName::clean),
                spool.size(),
                location,
                clock.instant(),
                authenticatedOnly,
                false);
    }

    /**
     * Waits, within bounds, until completely received content is stored: its readers have all of it, and a repeated
     * request would fail where nothing is fetched any more (frozen media).
     */
    @Override
    public void close() {
        CompletableFuture<?>[] complete = fetches.values().stream()
                .filter(RemoteFetch::isComplete)
                .map(RemoteFetch::stored)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(complete)
                .exceptionally(failure -> null) // logged where it failed
                .completeOnTimeout(null, MAX_STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
