package io.mediakeep.media;

import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.federation.RemoteContent;
import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.limits.FetchLimits;
import io.mediakeep.limits.FetchLimits.Fetch;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our copies of other servers' media. However many readers ask at once, each is fetched once. */
public final class RemoteCache {
    private static final Logger log = LoggerFactory.getLogger(RemoteCache.class);

    private final RemoteMedia remote;
    private final FetchLimits limits;
    private final boolean authenticatedOnly;
    private final SpoolDirectory spools;
    private final Blobs blobs;
    private final MediaCatalog media;
    private final Executor executor;
    private final Clock clock;
    private final RecentFailures failures;
    private final ConcurrentMap<Mxc, Arrival> arrivals = new ConcurrentHashMap<>();

    /**
     * Nothing is being fetched yet.
     *
     * @param authenticatedOnly whether what comes in is hidden from the endpoints that take no access token
     * @param executor fetches; its threads block
     */
    public RemoteCache(
            RemoteMedia remote,
            FetchLimits limits,
            boolean authenticatedOnly,
            SpoolDirectory spools,
            Blobs blobs,
            MediaCatalog media,
            Executor executor,
            Clock clock) {
        this.remote = remote;
        this.limits = limits;
        this.authenticatedOnly = authenticatedOnly;
        this.spools = spools;
        this.blobs = blobs;
        this.media = media;
        this.executor = executor;
        this.clock = clock;
        this.failures = new RecentFailures();
    }

    /**
     * The content while it arrives: the fetch that is under way, or a new one on behalf of the caller.
     *
     * @throws MatrixException 404 for a server of which nothing is fetched, 429 when the caller has fetched too much,
     *     what the last fetch failed with, if that was a moment ago
     */
    Arrival fetch(DownloadRequest request) {
        Mxc mxc = request.mxc();
        Arrival underWay = arrivals.get(mxc);
        if (underWay != null) {
            return underWay;
        }
        if (!remote.permits(mxc.server())) {
            throw MatrixException.notFound();
        }
        failures.throwAgain(mxc);
        return begin(request);
    }

    private Arrival begin(DownloadRequest request) {
        Fetch fetch = limits.begin(request.caller());
        Arrival mine = new Arrival(blobs.store());
        Arrival theirs = arrivals.putIfAbsent(request.mxc(), mine);
        if (theirs != null) {
            fetch.end();
            return theirs;
        }
        executor.execute(() -> run(request.mxc(), request.deadline().left(), fetch, mine));
        return mine;
    }

    /** Whatever happens, the arrival ends, and nobody joins it any more. */
    private void run(Mxc mxc, Duration patience, Fetch fetch, Arrival arrival) {
        try {
            Optional<Media> here = media.find(mxc); // since the reader looked; or another node has it by now
            if (here.isPresent()) {
                arrival.found(here.get());
            } else {
                fetch.fetched(receive(mxc, patience, arrival).size());
            }
        } catch (MatrixException refusal) {
            fail(mxc, arrival, refusal);
        } catch (IOException brokenOff) {
            log.info("{} could not be fetched: {}", mxc, brokenOff.getMessage());
            fail(mxc, arrival, RemoteContent.refusal(brokenOff));
        } catch (RuntimeException fault) {
            log.error("{} could not be fetched", mxc, fault);
            fail(mxc, arrival, MatrixException.badGateway("The content could not be fetched"));
        } finally {
            arrivals.remove(mxc, arrival);
            fetch.end();
            arrival.fails(MatrixException.badGateway("The content could not be fetched")); // unless it has ended
        }
    }

    private Media receive(Mxc mxc, Duration patience, Arrival arrival) throws IOException {
        try (RemoteContent content = remote.download(mxc, patience)) {
            arrival.begins(content);
            try (Spool spool = spools.receive(content.bytes(), remote.maxSize(), arrival)) {
                Media arrived = new Media(
                        mxc,
                        Optional.empty(),
                        content.contentType(),
                        content.fileName().flatMap(FileName::clean),
                        spool.size(),
                        spool.id(),
                        clock.instant(),
                        authenticatedOnly,
                        false);
                blobs.keep(spool, generation -> media.addFetched(arrived, generation));
                log.info("Fetched {}, {} bytes of {}", mxc, arrived.size(), arrived.contentType());
                arrival.ends(arrived);
                return arrived;
            }
        }
    }

    private void fail(Mxc mxc, Arrival arrival, MatrixException refusal) {
        failures.remember(mxc, refusal);
        arrival.fails(refusal);
    }
}
