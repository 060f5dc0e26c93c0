package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * Who may talk to strangers at the same time: so many in all, and so many with one site. A site is the part of a host
 * name that somebody registered, so that inventing host names wins nothing.
 */
final class Places {
    static final int MOST_PER_SITE = 8;
    static final int MOST = 64;

    private final PublicSuffixMatcher suffixes = PublicSuffixMatcherLoader.getDefault();
    private final ConcurrentMap<String, Site> sites = new ConcurrentHashMap<>();
    private final Semaphore all = new Semaphore(MOST, true);

    /** The turns at one site, and how many have one or wait for one. */
    private record Site(Semaphore turns, int users) {}

    /** A place, until it is given back. */
    final class Place {
        private final String site;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(String site) {
            this.site = site;
        }

        /** Gives it back; once more changes nothing. */
        void leave() {
            if (left.compareAndSet(false, true)) {
                all.release();
                Places.this.leave(site, true);
            }
        }
    }

    /** Waits for a place; {@link OutboundException.Kind#TIMEOUT} when there is none before the deadline. */
    Place take(Host host, Deadline deadline) throws OutboundException {
        String site = siteOf(host);
        Semaphore turns = enter(site);
        boolean turn = false;
        boolean placed = false;
        try {
            Patience.acquire(turns, deadline, "too many requests to " + site);
            turn = true;
            Patience.acquire(all, deadline, "too many requests to other servers");
            placed = true;
            return new Place(site);
        } finally {
            if (!placed) {
                leave(site, turn);
            }
        }
    }

    private Semaphore enter(String name) {
        return sites.compute(
                        name,
                        (key, site) -> site == null
                                ? new Site(new Semaphore(MOST_PER_SITE, true), 1)
                                : new Site(site.turns, site.users + 1))
                .turns;
    }

    private void leave(String name, boolean turn) {
        sites.computeIfPresent(name, (key, site) -> {
            if (turn) {
                site.turns.release();
            }
            return site.users == 1 ? null : new Site(site.turns, site.users - 1);
        });
    }

    private String siteOf(Host host) {
        String root = host.address().isPresent() ? null : suffixes.getDomainRoot(host.name());
        return root == null ? host.name() : root;
    }
}
