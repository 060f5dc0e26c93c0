package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** The requests for one {@link Purpose} that may be under way: so many in all, and so many with one {@link Site}. */
public final class SiteLimits {
    private final Purpose purpose;
    private final ConcurrentMap<String, Turns> sites = new ConcurrentHashMap<>();
    private final Semaphore all;

    public SiteLimits(Purpose purpose) {
        this.purpose = purpose;
        this.all = new Semaphore(purpose.places(), true);
    }

    /** The turns at one site, and how many have one or wait for one. */
    private record Turns(Semaphore free, int users) {}

    /** A place, until it is given back. */
    public final class Permit {
        private final String site;
        private final AtomicBoolean left = new AtomicBoolean();

        private Permit(String site) {
            this.site = site;
        }

        /** Gives it back; once more changes nothing. */
        public void leave() {
            if (left.compareAndSet(false, true)) {
                all.release();
                SiteLimits.this.leave(site, true);
            }
        }
    }

    /**
     * Waits for a place; {@link Kind#TIMEOUT} when there is none before the deadline, or as many wait for the site as
     * have a place there.
     */
    public Permit take(Host host, Deadline deadline) throws OutboundException {
        String site = Site.of(host.name());
        Turns turns = enter(site);
        boolean turn = false;
        boolean placed = false;
        try {
            if (turns.users() > 2 * purpose.placesOfSite()) {
                throw new OutboundException(Kind.TIMEOUT, "too many wait for " + site);
            }
            Permits.acquire(turns.free(), deadline, "too many requests to " + site);
            turn = true;
            Permits.acquire(all, deadline, "too many requests to other servers");
            placed = true;
            return new Permit(site);
        } finally {
            if (!placed) {
                leave(site, turn);
            }
        }
    }

    private Turns enter(String name) {
        return sites.compute(
                name,
                (key, turns) -> turns == null
                        ? new Turns(new Semaphore(purpose.placesOfSite(), true), 1)
                        : new Turns(turns.free(), turns.users() + 1));
    }

    private void leave(String name, boolean turn) {
        sites.computeIfPresent(name, (key, turns) -> {
            if (turn) {
                turns.free().release();
            }
            return turns.users() == 1 ? null : new Turns(turns.free(), turns.users() - 1);
        });
    }
}
