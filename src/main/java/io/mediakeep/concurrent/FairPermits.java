package io.mediakeep.concurrent;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A fixed number of places that nobody waits for. A holder gets another one only while it has fewer than are free (a
 * dynamic threshold, as switches share their buffers), so a single holder takes at most half of them, and of the rest
 * the next one half.
 */
public final class FairPermits {
    private final int most;
    private final Map<String, Integer> held = new HashMap<>(); // as many entries as there are places at most
    private int taken;

    /** @param most how many places there are */
    public FairPermits(int most) {
        this.most = most;
    }

    /** A place until it is closed; empty when the holder has its share already, or there is none left. */
    public synchronized Optional<Permit> take(String holder) {
        int own = held.getOrDefault(holder, 0);
        if (own >= most - taken) {
            return Optional.empty();
        }
        taken++;
        held.put(holder, own + 1);
        return Optional.of(new Permit(holder));
    }

    /** How many places a holder has. */
    public synchronized int heldBy(String holder) {
        return held.getOrDefault(holder, 0);
    }

    /** One place. */
    public final class Permit implements Closeable {
        private final String holder;
        private boolean closed;

        private Permit(String holder) {
            this.holder = holder;
        }

        /** Gives it back; again changes nothing. */
        @Override
        public void close() {
            synchronized (FairPermits.this) {
                if (!closed) {
                    closed = true;
                    taken--;
                    held.computeIfPresent(holder, (same, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }
}
