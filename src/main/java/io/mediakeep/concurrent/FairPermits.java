package io.mediakeep.concurrent;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A fixed number of permits that are acquired without waiting. A holder gets another one only while it has fewer than
 * are available (a dynamic threshold, as in shared-buffer switches), so a single holder takes at most half of them, and
 * the next one half of the rest.
 */
public final class FairPermits {
    private final int maxPermits;
    private final Map<String, Integer> held = new HashMap<>(); // at most as many entries as permits
    private int used;

    /** @param maxPermits the number of permits */
    public FairPermits(int maxPermits) {
        this.maxPermits = maxPermits;
    }

    /** A permit, until it is closed; empty when the holder has reached its share, or none is available. */
    public synchronized Optional<Permit> tryAcquire(String holder) {
        int own = held.getOrDefault(holder, 0);
        if (own >= maxPermits - used) {
            return Optional.empty();
        }
        used++;
        held.put(holder, own + 1);
        return Optional.of(new Permit(holder));
    }

    /** The number of permits of a holder. */
    public synchronized int heldBy(String holder) {
        return held.getOrDefault(holder, 0);
    }

    /** One permit. */
    public final class Permit implements Closeable {
        private final String holder;
        private boolean closed;

        private Permit(String holder) {
            this.holder = holder;
        }

        /** Releases the permit; once more has no effect. */
        @Override
        public void close() {
            synchronized (FairPermits.this) {
                if (!closed) {
                    closed = true;
                    used--;
                    held.computeIfPresent(holder, (same, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }
}
