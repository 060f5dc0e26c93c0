package io.mediakeep.media.remote;

import io.mediakeep.concurrent.ConcurrencyLimits;
import io.mediakeep.concurrent.ConcurrencyLimits.Outcome;
import io.mediakeep.concurrent.FairExecutor;
import io.mediakeep.limits.FetchLimits;
import io.mediakeep.limits.FetchLimits.Fetch;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.OriginThumbnail;
import io.mediakeep.media.content.DownloadRequest;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The threads that fetch media of other servers, each until it has come: in fair shares among callers and among sites.
 * Thumbnails that origins made have threads of their own.
 */
public final class FetchExecutor implements AutoCloseable {
    private static final int MOST = 40;

    /** How many of them for one site; a caller has half as many. */
    private static final int SHARE = 10;

    private static final int MOST_THUMBNAILS = 12;
    private static final int SHARE_OF_THUMBNAILS = 6;

    /** After how long a caller who was refused may try again. */
    public static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    /** How long a fetch waits for its turn. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final FetchLimits limits;
    private final Duration maxWait;
    private final FairExecutor media = new FairExecutor("fetchers", MOST, SHARE);
    private final FairExecutor thumbnails =
            new FairExecutor("thumbnail-fetchers", MOST_THUMBNAILS, SHARE_OF_THUMBNAILS);

    /** Nothing is being fetched. */
    public FetchExecutor(FetchLimits limits) {
        this(limits, MAX_WAIT);
    }

    public FetchExecutor(FetchLimits limits, Duration maxWait) {
        this.limits = limits;
        this.maxWait = maxWait;
    }

    /** How long a fetch waits for its turn; then it is not made. */
    Duration maxWait() {
        return maxWait;
    }

    /**
     * Does the work of a fetch when its turn has come.
     *
     * @param site whose server is asked
     * @throws MatrixException 429 when the caller has fetched too much, or too much waits for him or for the site; 503
     *     when too much waits altogether
     */
    public void begin(DownloadRequest request, String site, Consumer<Fetch> work) {
        Fetch fetch = limits.begin(request.caller());
        boolean thumbnail = OriginThumbnail.keptUnder(request.mxc()).isPresent();
        Outcome outcome = (thumbnail ? thumbnails : media)
                .execute(ConcurrencyLimits.parties(request.caller(), site), () -> work.accept(fetch));
        if (outcome == Outcome.SHARE_TAKEN) {
            throw MatrixException.limitExceeded("Too many downloads from other servers", TRY_AGAIN);
        }
        if (outcome == Outcome.ALL_TAKEN) {
            throw MatrixException.unavailable("Too much is being fetched from other servers", TRY_AGAIN);
        }
    }

    @Override
    public void close() {
        media.close();
        thumbnails.close();
    }
}
