package io.mediakeep.concurrent;

import java.util.concurrent.atomic.LongAdder;

/** How often a cache had what was requested, since the start of the process. */
public final class CacheCounts {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** Counts a request. */
    public void count(boolean hit) {
        (hit ? hits : misses).increment();
    }

    /** Requests for what was cached. */
    public long hits() {
        return hits.sum();
    }

    /** Requests for what was not. */
    public long misses() {
        return misses.sum();
    }
}
