package io.mediakeep.preview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.concurrent.CacheCounts;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.concurrent.MonotonicTicker;
import io.mediakeep.concurrent.PoolState;
import io.mediakeep.concurrent.SingleFlight;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.persistence.Batches;
import io.mediakeep.preview.url.TrackingParameters;
import io.mediakeep.preview.url.WebUrl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * URL previews. Each is built once for all concurrent requests, and cached: in memory, and in the database for the
 * other nodes and for requests with a point in time.
 */
public final class Previews implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Previews.class);

    /** About how many bytes of the heap the previews in memory take. */
    private static final long MAX_CACHED_BYTES = 16_000_000;

    /** Of these, what the objects of one preview take beside its text. */
    private static final int BYTES_OF_OBJECTS = 800;

    private static final Duration FAILURE_TTL = Duration.ofMinutes(1);
    private static final int MAX_CACHED_FAILURES = 10_000;

    /** How many rows are removed in one transaction. */
    private static final int BATCH = 500;

    private final PreviewSettings settings;
    private final PreviewBuilder builder;
    private final PreviewCatalog catalog;
    private final ExpiringMedia media;
    private final Clock clock;
    private final PreviewWorkers workers;
    private final SingleFlight<PreviewKey, String> flights = new SingleFlight<>();
    private final Cache<PreviewKey, StoredPreview> cached = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_BYTES)
            .weigher((PreviewKey key, StoredPreview preview) -> BYTES_OF_OBJECTS
                    + preview.json().length()
                    + key.url().toString().length())
            .build();
    private final Cache<PreviewKey, MatrixException> failures;
    private final CacheCounts counts = new CacheCounts();

    /** Previews with these settings. */
    public Previews(
            PreviewSettings settings, OutboundClient http, PreviewCatalog catalog, ExpiringMedia media, Clock clock) {
        this.settings = settings;
        this.builder = new PreviewBuilder(settings, http, media, clock);
        this.catalog = catalog;
        this.media = media;
        this.clock = clock;
        this.workers = new PreviewWorkers(settings.maxPageSize());
        this.failures = Caffeine.newBuilder()
                .maximumSize(MAX_CACHED_FAILURES)
                .expireAfterWrite(FAILURE_TTL)
                .ticker(new MonotonicTicker(clock))
                .build();
    }

    /**
     * The preview as JSON, at once if it is cached, otherwise when the site has responded.
     *
     * @throws MatrixException 400 for a URL that is not http or https, 403 for one that the rules deny; the stage fails
     *     with 429, 502, 503 or 504
     */
    public CompletionStage<String> preview(PreviewRequest request) {
        PreviewKey key = key(request);
        Instant now = clock.instant();
        Instant at = request.at().filter(time -> time.isBefore(now)).orElse(now);
        @Nullable StoredPreview preview = cached.getIfPresent(key);
        if (preview != null && preview.freshAt(now) && preview.hour() <= StoredPreview.hour(at)) {
            counts.count(true);
            return CompletableFuture.completedStage(preview.json());
        }
        Optional<StoredPreview> latest = catalog.latest(key);
        Optional<StoredPreview> known = known(key, latest, at, now);
        counts.count(known.isPresent());
        if (known.isPresent()) {
            return CompletableFuture.completedStage(known.get().json());
        }
        @Nullable MatrixException failure = failures.getIfPresent(key);
        return failure == null
                ? flights.getAsync(key, () -> build(key, latest, request.caller()))
                : CompletableFuture.failedStage(failure);
    }

    /** The state of the pool that builds previews. */
    public PoolState pool() {
        return workers.state();
    }

    /** How often a preview was stored when it was requested. */
    public CacheCounts counts() {
        return counts;
    }

    private PreviewKey key(PreviewRequest request) {
        WebUrl url = WebUrl.parse(request.url())
                .map(TrackingParameters::removeFrom)
                .orElseThrow(() -> MatrixException.invalidParam("url", "an http or https URL"));
        if (!builder.isAllowed(url)) {
            throw PageClient.forbidden();
        }
        return new PreviewKey(
                url,
                Language.of(request.acceptLanguage(), settings.requestHeaders().acceptLanguage()));
    }

    /** The preview that was current at the time, otherwise a fresh one. */
    private Optional<StoredPreview> known(PreviewKey key, Optional<StoredPreview> latest, Instant at, Instant now) {
        Optional<StoredPreview> fresh = latest.filter(preview -> preview.freshAt(now));
        fresh.ifPresent(preview -> cached.put(key, preview));
        return fresh.filter(preview -> preview.hour() <= StoredPreview.hour(at))
                .or(() -> latest.flatMap(newer -> catalog.latestAt(key, at)))
                .or(() -> fresh);
    }

    private CompletableFuture<String> build(PreviewKey key, Optional<StoredPreview> latest, String caller) {
        Deadline deadline = Deadline.in(settings.timeout());
        return workers.run(caller, key.url(), deadline, () -> {
            try {
                return newest(key, latest, deadline).json();
            } catch (MatrixException exception) {
                failures.put(key, exception);
                throw exception;
            }
        });
    }

    /** A fresh preview, built by a concurrent request or now. */
    private StoredPreview newest(PreviewKey key, Optional<StoredPreview> latest, Deadline deadline) {
        @Nullable StoredPreview concurrent = cached.getIfPresent(key);
        if (concurrent != null && concurrent.freshAt(clock.instant())) {
            return concurrent;
        }
        StoredPreview built = builder.build(key, latest, deadline);
        if (media.hasSpace()) {
            catalog.store(key, built);
        }
        cached.put(key, built);
        return built;
    }

    /** Removes expired previews and images, and logs how many. */
    public void removeExpired() {
        report(Batches.run(BATCH, max -> catalog.removeExpired(clock.instant(), max)), "previews");
        report(Batches.run(BATCH, media::removeExpired), "images of previews");
    }

    private static void report(int removed, String what) {
        if (removed > 0) {
            log.info("Removed {} {} that expired", removed, what);
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
