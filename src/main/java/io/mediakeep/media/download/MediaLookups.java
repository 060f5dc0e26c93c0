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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks up content URIs, with a cache of stored media. Only stored media is cached: its row does not change, except
 * that it is deleted or quarantined, which is announced to all nodes, as is damage to any blob. Media whose blob is
 * damaged counts as absent.
 */
public final class MediaLookups {
    private static final int MAX_CACHED = 20_000;

    /** The longest time for which a node that missed an announcement serves deleted media. */
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Clock clock;
    private final Cache<String, Media> cache = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(MAX_AGE)
            .build();

    /** An empty cache. */
    public MediaLookups(Transactions transactions, Announcements announcements, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        announcements.addListener(this::changed, cache::invalidateAll);
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
        Media media = cache.get(
                mxc.toString(),
                uri -> transactions
                        .call(entities -> MediaCatalog.findIntact(entities, mxc))
                        .orElse(null));
        return media == null ? new Lookup.Absent() : new Lookup.Stored(media);
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
