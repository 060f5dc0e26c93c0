package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Limits the concurrent requests for one {@link Purpose}: in total, and for each {@link Site}. */
public final class SiteLimits {
    private final Purpose purpose;
    private final ConcurrentMap<String, SitePermits> sites = new ConcurrentHashMap<>();
    private final Semaphore all;

    /** The limits of this purpose. */
    public SiteLimits(Purpose purpose) {
        this.purpose = purpose;
        this.all = new Semaphore(purpose.maxRequests(), true);
    }

    /** The permits of one site, and how many requests hold one or wait for one. */
    private record SitePermits(Semaphore available, int requests) {}

    /** A permit, until it is released. */
    public final class Permit {
        private final String site;
        private final AtomicBoolean released = new AtomicBoolean();

        private Permit(String site) {
            this.site = site;
        }

        /** Releases the permit; once more has no effect. */
        public void release() {
            if (released.compareAndSet(false, true)) {
                all.release();
                SiteLimits.this.unregister(site, true);
            }
        }
    }

    /**
     * Acquires a permit; fails with {@link Kind#TIMEOUT} at the deadline, or when as many requests wait for the site as
     * it has permits.
     */
    public Permit acquire(Host host, Deadline deadline) throws OutboundException {
        String site = Site.of(host.name());
        SitePermits permits = register(site);
        boolean acquired = false;
        boolean succeeded = false;
        try {
            if (permits.requests() > 2 * purpose.maxRequestsOfSite()) {
                throw new OutboundException(Kind.TIMEOUT, "too many requests wait for " + site);
            }
            Permits.acquire(permits.available(), deadline, "too many requests to " + site);
            acquired = true;
            Permits.acquire(all, deadline, "too many requests to other servers");
            succeeded = true;
            return new Permit(site);
        } finally {
            if (!succeeded) {
                unregister(site, acquired);
            }
        }
    }

    private SitePermits register(String name) {
        return sites.compute(
                name,
                (key, permits) -> permits == null
                        ? new SitePermits(new Semaphore(purpose.maxRequestsOfSite(), true), 1)
                        : new SitePermits(permits.available(), permits.requests() + 1));
    }

    private void unregister(String name, boolean acquired) {
        sites.computeIfPresent(name, (key, permits) -> {
            if (acquired) {
                permits.available().release();
            }
            return permits.requests() == 1 ? null : new SitePermits(permits.available(), permits.requests() - 1);
        });
    }
}
