package io.mediakeep.preview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.concurrent.MonotonicTicker;
import io.mediakeep.concurrent.SingleFlight;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.persistence.Batches;
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
 * Previews of web pages. Each is made once for all who ask at the same time, and kept: in memory, and in the database
 * for the other nodes and for those who ask how a page was.
 */
public final class Previews implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Previews.class);

    /** About how many bytes of the heap the previews in memory take. */
    private static final long MAX_CACHED_BYTES = 16_000_000;

    /** Of these, what the objects of one preview take beside its text. */
    private static final int BYTES_OF_OBJECTS = 800;

    private static final Duration FAILURES_REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST_FAILURES = 10_000;

    /** How many are removed in one transaction. */
    private static final int BATCH = 500;

    private final PreviewSettings settings;
    private final PreviewMaker maker;
    private final PreviewCatalog catalog;
    private final ExpiringMedia media;
    private final Clock clock;
    private final PreviewWorkers workers;
    private final SingleFlight<PreviewKey, String> flights = new SingleFlight<>();
    private final Cache<PreviewKey, StoredPreview> remembered = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_BYTES)
            .weigher((PreviewKey key, StoredPreview preview) -> BYTES_OF_OBJECTS
                    + preview.json().length()
                    + key.url().toString().length())
            .build();
    private final Cache<PreviewKey, MatrixException> failures;

    /** Previews as an operator set them up. */
    public Previews(
            PreviewSettings settings, OutboundClient http, PreviewCatalog catalog, ExpiringMedia media, Clock clock) {
        this.settings = settings;
        this.maker = new PreviewMaker(settings, http, media, clock);
        this.catalog = catalog;
        this.media = media;
        this.clock = clock;
        this.workers = new PreviewWorkers(settings.maxPageSize());
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST_FAILURES)
                .expireAfterWrite(FAILURES_REMEMBERED)
                .ticker(new MonotonicTicker(clock))
                .build();
    }

    /**
     * The preview as JSON, at once where it is known, else when the site has answered.
     *
     * @throws MatrixException 400 for what is no address of the web, 403 for what the operator's rules forbid; the
     *     stage fails with 429, 502, 503 or 504
     */
    public CompletionStage<String> preview(PreviewRequest request) {
        PreviewKey key = key(request);
        Instant now = clock.instant();
        Instant at = request.at().filter(time -> time.isBefore(now)).orElse(now);
        @Nullable StoredPreview mine = remembered.getIfPresent(key);
        if (mine != null && mine.freshAt(now) && mine.hour() <= StoredPreview.hour(at)) {
            return CompletableFuture.completedStage(mine.json());
        }
        Optional<StoredPreview> latest = catalog.latest(key);
        Optional<StoredPreview> known = known(key, latest, at, now);
        if (known.isPresent()) {
            return CompletableFuture.completedStage(known.get().json());
        }
        @Nullable MatrixException failure = failures.getIfPresent(key);
        return failure == null
                ? flights.getAsync(key, () -> make(key, latest, request.caller()))
                : CompletableFuture.failedStage(failure);
    }

    private PreviewKey key(PreviewRequest request) {
        WebUrl url = WebUrl.parse(request.url())
                .map(Tracking::removedFrom)
                .orElseThrow(() -> MatrixException.invalidParam("url", "an http or https URL"));
        if (!maker.mayVisit(url)) {
            throw PageClient.forbidden();
        }
        return new PreviewKey(
                url,
                Language.of(request.acceptLanguage(), settings.introduction().acceptLanguage()));
    }

    /** What shows the page as it was then, else as it is now. */
    private Optional<StoredPreview> known(PreviewKey key, Optional<StoredPreview> latest, Instant at, Instant now) {
        Optional<StoredPreview> fresh = latest.filter(preview -> preview.freshAt(now));
        fresh.ifPresent(preview -> remembered.put(key, preview));
        return fresh.filter(preview -> preview.hour() <= StoredPreview.hour(at))
                .or(() -> latest.flatMap(newer -> catalog.showing(key, at)))
                .or(() -> fresh);
    }

    private CompletableFuture<String> make(PreviewKey key, Optional<StoredPreview> latest, String caller) {
        Deadline deadline = Deadline.in(settings.timeout());
        return workers.run(caller, key.url(), deadline, () -> {
            try {
                return newest(key, latest, deadline).json();
            } catch (MatrixException refusal) {
                failures.put(key, refusal);
                throw refusal;
            }
        });
    }

    /** What somebody else asked for just before, or one that is made now. */
    private StoredPreview newest(PreviewKey key, Optional<StoredPreview> latest, Deadline deadline) {
        @Nullable StoredPreview justMade = remembered.getIfPresent(key);
        if (justMade != null && justMade.freshAt(clock.instant())) {
            return justMade;
        }
        StoredPreview made = maker.make(key, latest, deadline);
        if (media.hasSpace()) {
            catalog.keep(key, made);
        }
        remembered.put(key, made);
        return made;
    }

    /** Removes the previews and pictures whose time is over, and says so in the log. */
    public void removeExpired() {
        report(Batches.run(BATCH, most -> catalog.removeExpired(clock.instant(), most)), "previews");
        report(Batches.run(BATCH, media::removeExpired), "pictures of previews");
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
