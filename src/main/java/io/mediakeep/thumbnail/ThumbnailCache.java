package io.mediakeep.thumbnail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.persistence.Announcements;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Caches which thumbnails are stored, by media item. Other nodes' changes invalidate it. */
public final class ThumbnailCache {
    /** The maximum number of media items in the cache. */
    private static final int MAX_CACHED = 20_000;

    /** How long a node that missed an announcement may use a thumbnail that another node has removed. */
    private static final Duration CACHE_TTL = Duration.ofMinutes(1);

    private final ThumbnailCatalog catalog;
    private final Cache<String, Map<ThumbnailSpec, Thumbnail>> cached = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(CACHE_TTL)
            .build();

    /** An empty cache. */
    public ThumbnailCache(ThumbnailCatalog catalog, Announcements announcements) {
        this.catalog = catalog;
        announcements.addListener(cached::invalidate, cached::invalidateAll);
    }

    /** The thumbnail, if one is stored. */
    Optional<Thumbnail> find(ThumbnailKey key) {
        Map<ThumbnailSpec, Thumbnail> stored = cached.get(key.mxc().toString(), missing -> catalog.of(key.mxc()));
        return Optional.ofNullable(stored.get(key.spec()));
    }

    /** Invalidates the entries of a media item. */
    void invalidate(Mxc mxc) {
        cached.invalidate(mxc.toString());
    }
}
