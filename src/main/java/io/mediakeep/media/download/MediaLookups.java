package io.mediakeep.media.download;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Lookup;
import io.mediakeep.media.Media;
import io.mediakeep.media.MediaCatalog;
import io.mediakeep.media.PendingCatalog;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.storage.DatabaseUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Looks up content URIs, with a cache of stored media. Only stored media is cached: its row does not change, except
 * that it is deleted or quarantined, which is announced to all nodes, as is damage to any blob. While the database is not
 * available the cache is used for some minutes longer. Media whose blob is damaged counts as absent.
 */
public final class MediaLookups {
    private static final int MAX_CACHED = 20_000;

    /** The longest time for which a node that missed an announcement serves deleted media. */
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    /** The longest time while the database is not available; a quarantine set on another node is not seen then. */
    private static final Duration MAX_AGE_WITHOUT_DATABASE = Duration.ofMinutes(5);

    private final Transactions transactions;
    private final Clock clock;
    private final Cache<String, Cached> cache = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(MAX_AGE_WITHOUT_DATABASE)
            .build();

    /** How often announcements may have been missed: what was read before is read again as soon as possible. */
    private final AtomicInteger misses = new AtomicInteger();

    /** A row, and when it was read. */
    private record Cached(Media media, Instant readAt, int misses) {}

    /** An empty cache. */
    public MediaLookups(Transactions transactions, Announcements announcements, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        announcements.addListener(this::changed, misses::incrementAndGet);
    }

    private void changed(String name) {
        if (name.equals(BlobIntegrityCatalog.ANNOUNCEMENT)) {
            cache.invalidateAll();
        } else {
            cache.invalidate(name);
        }
    }

    /** The state of a local URI. */
    public Lookup find(Mxc mxc) {
        Lookup found = stored(mxc);
        return found instanceof Lookup.Absent ? pending(mxc) : found;
    }

    /** Whether media is stored, as far as the cache knows; a pending local URI counts as absent. */
    Lookup stored(Mxc mxc) {
        Cached cached = cache.getIfPresent(mxc.toString());
        if (cached == null || !isFresh(cached)) {
            cached = cache.asMap().compute(mxc.toString(), (uri, before) -> read(mxc, before));
        }
        return cached == null ? new Lookup.Absent() : new Lookup.Stored(cached.media);
    }

    /**
     * Media that was stored a moment ago, unless it is deleted: also while its blob counts as damaged, as it does until
     * it has been verified.
     */
    Optional<Media> current(Mxc mxc) {
        return stored(mxc) instanceof Lookup.Stored stored
                ? Optional.of(stored.media())
                : transactions.call(entities -> MediaCatalog.find(entities, mxc));
    }

    /** An invalidation of the URI waits until this returns, so no announcement is missed. */
    private @Nullable Cached read(Mxc mxc, @Nullable Cached before) {
        if (before != null && isFresh(before)) {
            return before;
        }
        try {
            Instant now = clock.instant();
            int missed = misses.get();
            return transactions
                    .call(entities -> MediaCatalog.findIntact(entities, mxc))
                    .map(media -> new Cached(media, now, missed))
                    .orElse(null);
        } catch (DatabaseUnavailableException unavailable) {
            if (before == null || isOlder(before, MAX_AGE_WITHOUT_DATABASE)) {
                throw unavailable;
            }
            return before;
        }
    }

    private boolean isFresh(Cached cached) {
        return cached.misses == misses.get() && !isOlder(cached, MAX_AGE);
    }

    private boolean isOlder(Cached cached, Duration age) {
        return clock.instant().isAfter(cached.readAt.plus(age));
    }

    /** @throws io.mediakeep.matrix.MatrixException 404 when another server's media is quarantined by its URI */
    void requireUnquarantinedUri(Mxc mxc) {
        transactions.run(entities -> MediaCatalog.requireUnquarantinedUri(entities, mxc));
    }

    /** Which of these local URIs are pending. */
    Set<Mxc> pending(List<Mxc> uris) {
        return transactions.call(entities -> PendingCatalog.pending(entities, uris, clock.instant()));
    }

    /** Both rows are read in one transaction, since the upload may complete between two. */
    private Lookup pending(Mxc mxc) {
        return transactions.call(entities -> {
            Lookup pending = PendingCatalog.find(entities, mxc, clock.instant());
            Optional<Media> media = MediaCatalog.findIntact(entities, mxc);
            return media.<Lookup>map(Lookup.Stored::new).orElse(pending);
        });
    }
}
