package io.mediakeep.media.download;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.storage.DatabaseUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Accesses that are written at once, before the content is served, because the stored time of last access is so old that
 * retention might remove the media on any node before {@link LastAccesses} are written. Whichever of the two transactions
 * locks the row first, the other one sees what it did.
 */
public final class PromptAccesses {
    /** How long an access is not written again. */
    private static final Duration WRITTEN_FOR = Duration.ofMinutes(10);

    /** How much later than the stored time the last access may be, once {@link LastAccesses} are written. */
    public static final Duration MAX_DELAY = MediaCatalog.ACCESS_PRECISION.plus(WRITTEN_FOR);

    private static final int MAX_CACHED = 20_000;

    private final MediaCatalog catalog;
    private final Clock clock;
    private final Duration precision;
    private final Cache<Mxc, Boolean> written = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(WRITTEN_FOR)
            .build();

    /** @param shortestRetention after the last access nothing is removed for so long */
    public PromptAccesses(MediaCatalog catalog, Clock clock, Duration shortestRetention) {
        this.catalog = catalog;
        this.clock = clock;
        Duration half = shortestRetention.dividedBy(2);
        this.precision = half.compareTo(MediaCatalog.ACCESS_PRECISION) > 0 ? half : MediaCatalog.ACCESS_PRECISION;
    }

    /** Writes an access now if the stored one is older than half of the shortest retention. */
    public void record(Mxc mxc) {
        if (written.getIfPresent(mxc) == null) {
            try {
                catalog.accessed(Map.of(mxc, clock.instant()), precision);
                written.put(mxc, true);
            } catch (DatabaseUnavailableException unavailable) {
                // what is cached is served; it is written with the others
            }
        }
    }
}
