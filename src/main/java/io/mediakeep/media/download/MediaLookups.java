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
 * What is known of a content URI, from memory where it can be. Only whole media is remembered: its row never changes,
 * but for its end and its quarantine, and those are announced, as is damage to any bytes. Media whose bytes are known to
 * be damaged is as good as absent.
 */
public final class MediaLookups {
    private static final int MOST_REMEMBERED = 20_000;

    /** So long at most a node that missed an announcement serves what was deleted elsewhere. */
    private static final Duration LONGEST_REMEMBERED = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Clock clock;
    private final Cache<String, Media> remembered = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(LONGEST_REMEMBERED)
            .build();

    /** Remembers nothing yet. */
    public MediaLookups(Transactions transactions, Announcements announcements, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        announcements.listen(this::changed, remembered::invalidateAll);
    }

    private void changed(String name) {
        if (name.equals(BlobIntegrityCatalog.ANNOUNCEMENT)) {
            remembered.invalidateAll();
        } else {
            remembered.invalidate(name);
        }
    }

    /** What is known of a URI of our own. */
    public Lookup find(Mxc mxc) {
        Lookup stored = fetched(mxc);
        return stored instanceof Lookup.Absent ? pending(mxc) : stored;
    }

    /** What is known of a URI of another server, for whose content nobody waits here. */
    Lookup fetched(Mxc mxc) {
        Media media = remembered.get(
                mxc.toString(),
                uri -> transactions
                        .call(entities -> MediaCatalog.findSound(entities, mxc))
                        .orElse(null));
        return media == null ? new Lookup.Absent() : new Lookup.Stored(media);
    }

    /** Which of these URIs of our own wait for their content still. */
    Set<Mxc> pending(List<Mxc> uris) {
        return transactions.call(entities -> PendingCatalog.pending(entities, uris, clock.instant()));
    }

    /** The row may have come to be just between the two questions, so both are asked in one transaction. */
    private Lookup pending(Mxc mxc) {
        return transactions.call(entities -> {
            Lookup pending = PendingCatalog.find(entities, mxc, clock.instant());
            Optional<Media> media = MediaCatalog.findSound(entities, mxc);
            return media.<Lookup>map(Lookup.Stored::new).orElse(pending);
        });
    }
}
