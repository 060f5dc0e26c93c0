package io.mediakeep.media.remote;

import io.mediakeep.media.RemoteMediaCatalog;
import io.mediakeep.persistence.Batches;
import io.mediakeep.persistence.shared.Leases;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes remote media that was not accessed for a long time; a later request fetches it again. Quarantined media
 * stays, so that it is not fetched again.
 */
public final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** How many are removed in one transaction. */
    private static final int BATCH = 100;

    private static final Duration LEASE = Duration.ofMinutes(30);

    private final RetentionSettings settings;
    private final RemoteMediaCatalog media;
    private final Leases leases;
    private final Clock clock;

    /** Retention by these settings. */
    public Retention(RetentionSettings settings, RemoteMediaCatalog media, Leases leases, Clock clock) {
        this.settings = settings;
        this.media = media;
        this.leases = leases;
        this.clock = clock;
    }

    /** Removes what is due, and logs it; one node at a time does so. */
    public void enforce() throws IOException {
        if (settings.remoteAfter().isPresent()) {
            Instant before = clock.instant().minus(settings.remoteAfter().get());
            leases.whileHolding("retention", LEASE, () -> removeUnusedSince(before));
        }
    }

    private void removeUnusedSince(Instant before) {
        int removed = Batches.run(BATCH, max -> media.removeUnusedSince(before, max));
        if (removed > 0) {
            log.info("Removed {} remote media not accessed since {}", removed, before);
        }
    }
}
