package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** When media was last asked for, collected here and written now and then, so that a download costs no write. */
public final class LastAccesses {
    /** How many are collected at most; what comes on top until the next write is not noted. */
    private static final int MOST_COLLECTED = 50_000;

    /** How many are written in one transaction. */
    private static final int BATCH = 500;

    private final MediaCatalog catalog;
    private final Clock clock;
    private final ConcurrentMap<Mxc, Instant> collected = new ConcurrentHashMap<>();

    /** Nothing is collected yet. */
    public LastAccesses(MediaCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    void note(Mxc mxc) {
        if (collected.size() < MOST_COLLECTED) {
            collected.put(mxc, clock.instant());
        }
    }

    /** Writes what was collected. */
    public void write() {
        Map<Mxc, Instant> batch = new HashMap<>();
        for (Mxc mxc : collected.keySet()) {
            Instant time = collected.remove(mxc);
            if (time != null) {
                batch.put(mxc, time);
            }
            if (batch.size() == BATCH) {
                catalog.accessed(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            catalog.accessed(batch);
        }
    }
}
