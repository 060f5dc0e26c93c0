package io.mediakeep.media.remote;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.federation.RemoteContent;
import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.limits.FetchLimits.Fetch;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our copies of other servers' media. However many readers ask at once, each is fetched once. */
public final class RemoteCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RemoteCache.class);

    private static final int REQUEST_TIMEOUT = 408, INSUFFICIENT_STORAGE = 507;

    /** How long a stop waits until what has come whole is kept. */
    private static final Duration LAST_KEEPING = Duration.ofSeconds(2);

    private final RemoteMedia remote;
    private final FetchExecutor fetchers;
    private final boolean authenticatedOnly;
    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final MediaCatalog media;
    private final Clock clock;
    private final RecentFailures failures;
    private final ConcurrentMap<Mxc, RemoteFetch> arrivals = new ConcurrentHashMap<>();

    /**
     * Nothing is being fetched yet.
     *
     * @param authenticatedOnly whether what comes in is hidden from the endpoints that take no access token
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
     * The content while it arrives: the fetch that is under way, or a new one on behalf of the caller.
     *
     * @throws MatrixException 404 for a server of which nothing is fetched, 429 when the caller has fetched too much,
     *     what the last fetch failed with, if that was a moment ago
     */
    public RemoteFetch fetch(DownloadRequest request) {
        if (!remote.permits(request.mxc().server())) {
            throw MatrixException.notFound();
        }
        return arrivals.computeIfAbsent(request.mxc(), mxc -> begin(request));
    }

    /** Within the map's lock, so that only who begins a fetch is counted for it; nothing here waits. */
    private RemoteFetch begin(DownloadRequest request) {
        failures.throwAgain(request.mxc(), request.deadline());
        RemoteFetch arrival = new RemoteFetch(blobs.reader(), request.deadline());
        String site = remote.site(request.mxc().server());
        fetchers.begin(request, site, fetch -> run(request.mxc(), fetch, arrival));
        arrival.maxWait(fetchers.maxWait());
        return arrival;
    }

    /** Whatever happens, the arrival ends, and when it does nobody can join it any more. */
    private void run(Mxc mxc, Fetch fetch, RemoteFetch arrival) {
        MatrixException refusal = MatrixException.badGateway("The content could not be fetched");
        try {
            if (arrival.begin()) {
                fetched(mxc, fetch, arrival);
            }
        } catch (MatrixException known) {
            refusal = remembered(mxc, told(known));
        } catch (IOException brokenOff) {
            log.info("{} could not be fetched: {}", mxc, brokenOff.getMessage());
            refusal = ofStorage(brokenOff).orElseGet(() -> remembered(mxc, RemoteContent.refusal(brokenOff)));
        } catch (RuntimeException fault) {
            refusal = ofStorage(fault).orElse(refusal);
            report(mxc, fault);
        } finally {
            arrivals.remove(mxc, arrival);
            arrival.fails(refusal); // unless it has ended
        }
    }

    private void fetched(Mxc mxc, Fetch fetch, RemoteFetch arrival) throws IOException {
        Optional<Media> here = media.findSound(mxc); // since the reader looked; or another node has it by now
        if (here.isPresent()) {
            arrival.found(here.get());
        } else {
            fetch.fetched(receive(mxc, arrival));
        }
    }

    /** That what is received comes too slowly is not for our client to hear, who sends nothing. */
    private static MatrixException told(MatrixException refusal) {
        return refusal.status() == REQUEST_TIMEOUT
                ? MatrixException.badGateway("The other server sends too slowly")
                : refusal;
    }

    /** That our own disk or database fails is not remembered: it may work again in the next moment. */
    private static Optional<MatrixException> ofStorage(Exception failure) {
        return StorageFailure.of(failure).map(StorageFailure::refusal);
    }

    private void report(Mxc mxc, RuntimeException fault) {
        if (StorageFailure.of(fault).isPresent()) {
            log.warn("{} could not be fetched: {}", mxc, StorageFailure.reason(fault));
        } else {
            log.error("{} could not be fetched", mxc, fault);
            remembered(mxc, MatrixException.badGateway("The content could not be fetched"));
        }
    }

    private MatrixException remembered(Mxc mxc, MatrixException refusal) {
        if (refusal.status() != INSUFFICIENT_STORAGE) {
            failures.remember(mxc, refusal);
        }
        return refusal;
    }

    /** Answers how many bytes came. */
    private long receive(Mxc mxc, RemoteFetch arrival) throws IOException {
        try (RemoteContent content = remote.download(mxc, arrival.patience().left())) {
            arrival.begins(content);
            try (Spool spool = spools.receive(content.bytes(), remote.maxSize(), arrival)) {
                if (spools.space().isLow()) {
                    return passOn(mxc, spool, arrival);
                }
                Media arrived =
                        blobs.keep(spool, location -> media.addFetched(described(mxc, content, spool, location)));
                log.info("Fetched {}, {} bytes of {}", mxc, arrived.size(), arrived.contentType());
                arrival.ends(arrived);
                return arrived.size();
            }
        }
    }

    /** Its readers have all of it, and it is not kept; whoever comes later has it fetched again. */
    private static long passOn(Mxc mxc, Spool spool, RemoteFetch arrival) {
        spool.lend();
        arrival.fails(StorageFailure.NO_SPACE.refusal());
        log.info("Fetched {}, {} bytes, which are not kept for want of room", mxc, spool.size());
        return spool.size();
    }

    private Media described(Mxc mxc, RemoteContent content, Spool spool, BlobLocation location) {
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
     * Waits, within bounds, until what has come whole is kept: its readers have all of it, and would ask for it again in vain
     * where nothing is fetched for them any more (frozen media).
     */
    @Override
    public void close() {
        CompletableFuture<?>[] whole = arrivals.values().stream()
                .filter(RemoteFetch::isWhole)
                .map(RemoteFetch::kept)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(whole)
                .exceptionally(failure -> null) // it was logged where it failed
                .completeOnTimeout(null, LAST_KEEPING.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
