package io.mediakeep.media.remote;

import io.mediakeep.concurrent.ConcurrencyLimits;
import io.mediakeep.concurrent.ConcurrencyLimits.Outcome;
import io.mediakeep.concurrent.FairExecutor;
import io.mediakeep.concurrent.PoolState;
import io.mediakeep.limits.FetchLimits;
import io.mediakeep.limits.FetchLimits.Fetch;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.OriginThumbnail;
import io.mediakeep.media.content.DownloadRequest;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The threads for remote fetches, shared fairly among callers and sites. Thumbnails of origins have threads of their
 * own.
 */
public final class FetchExecutor implements AutoCloseable {
    private static final int MAX_FETCHES = 40;

    /** How many of them may serve one site; a caller has half as many. */
    private static final int MAX_FETCHES_PER_SITE = 10;

    private static final int MAX_THUMBNAILS = 12;
    private static final int MAX_THUMBNAILS_PER_SITE = 6;

    /** The {@code Retry-After} of rejected fetches. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** How long a fetch may be queued. */
    private static final Duration MAX_QUEUEING = Duration.ofSeconds(30);

    private final FetchLimits limits;
    private final Duration maxQueueing;
    private final FairExecutor media = new FairExecutor("fetchers", MAX_FETCHES, MAX_FETCHES_PER_SITE);
    private final FairExecutor thumbnails =
            new FairExecutor("thumbnail-fetchers", MAX_THUMBNAILS, MAX_THUMBNAILS_PER_SITE);

    /** Without running fetches. */
    public FetchExecutor(FetchLimits limits) {
        this(limits, MAX_QUEUEING);
    }

    /** As {@link #FetchExecutor(FetchLimits)}, with another limit of queueing. */
    public FetchExecutor(FetchLimits limits, Duration maxQueueing) {
        this.limits = limits;
        this.maxQueueing = maxQueueing;
    }

    /** How long a fetch may be queued; then it fails. */
    Duration maxQueueing() {
        return maxQueueing;
    }

    /** The state of the pool for media. */
    public PoolState mediaState() {
        return media.state();
    }

    /** The state of the pool for thumbnails of origins. */
    public PoolState thumbnailState() {
        return thumbnails.state();
    }

    /**
     * Runs a fetch as soon as the limits permit.
     *
     * @param site of the origin
     * @throws MatrixException 429 when the caller has fetched too much, or too many fetches of the caller or from the
     *     site are queued; 503 when too many are queued in all
     */
    public void execute(DownloadRequest request, String site, Consumer<Fetch> work) {
        Fetch fetch = limits.begin(request.caller());
        boolean thumbnail = OriginThumbnail.storedUnder(request.mxc()).isPresent();
        Outcome outcome = (thumbnail ? thumbnails : media)
                .execute(ConcurrencyLimits.parties(request.caller(), site), () -> work.accept(fetch));
        if (outcome == Outcome.PARTY_LIMIT) {
            throw MatrixException.limitExceeded(
                    "Too many fetches of remote media are queued for this user or origin; try again later",
                    RETRY_AFTER);
        }
        if (outcome == Outcome.TOTAL_LIMIT) {
            throw MatrixException.unavailable(
                    "Too many fetches of remote media are queued; try again later", RETRY_AFTER);
        }
    }

    @Override
    public void close() {
        media.close();
        thumbnails.close();
    }
}
