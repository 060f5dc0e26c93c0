package io.mediakeep.thumbnail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.persistence.Announcements;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Which thumbnails are kept of media, from memory where it can be. */
public final class ThumbnailLookups {
    /** Of how many media the thumbnails are remembered. */
    private static final int MOST_REMEMBERED = 20_000;

    /** So long at most a node that missed an announcement goes by what another node has let go of. */
    private static final Duration LONGEST_REMEMBERED = Duration.ofMinutes(1);

    private final ThumbnailCatalog catalog;
    private final Cache<String, Map<ThumbnailSpec, Thumbnail>> remembered = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(LONGEST_REMEMBERED)
            .build();

    /** Remembers nothing yet. */
    public ThumbnailLookups(ThumbnailCatalog catalog, Announcements announcements) {
        this.catalog = catalog;
        announcements.listen(remembered::invalidate, remembered::invalidateAll);
    }

    /** The thumbnail, as far as is remembered. */
    Optional<Thumbnail> find(Variant variant) {
        Map<ThumbnailSpec, Thumbnail> kept =
                remembered.get(variant.mxc().toString(), unknown -> catalog.of(variant.mxc()));
        return Optional.ofNullable(kept.get(variant.spec()));
    }

    /** What is remembered of the thumbnails of this media is no longer so. */
    void forget(Mxc mxc) {
        remembered.invalidate(mxc.toString());
    }
}
