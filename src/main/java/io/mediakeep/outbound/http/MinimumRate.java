package io.mediakeep.outbound.http;

import java.time.Duration;

/**
 * The minimum rate of a response body. Waiting for the server is permitted for {@link #GRACE}; each received byte adds
 * time, at {@link #BYTES_PER_SECOND}, up to the idle timeout of the request. Only time that is spent waiting for the
 * server counts.
 */
final class MinimumRate {
    /** The minimum rate. */
    static final int BYTES_PER_SECOND = 16 * 1024;

    static final Duration GRACE = Duration.ofSeconds(5);

    private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / BYTES_PER_SECOND;

    private final long maxCredit;
    private long credit;
    private long waitingSince;
    private boolean waiting;

    /** @param idleTimeout how long the server may send nothing */
    MinimumRate(Duration idleTimeout) {
        this.credit = Math.min(idleTimeout.toNanos(), GRACE.toNanos());
        this.maxCredit = idleTimeout.toNanos();
    }

    /**
     * Begins to wait for the server.
     *
     * @param now in nanoseconds, from any origin
     */
    synchronized void beginWait(long now) {
        waiting = true;
        waitingSince = now;
    }

    /** Ends a wait in which so many bytes were received. */
    synchronized void endWait(int bytes, long now) {
        credit = Math.min(credit - (now - waitingSince) + bytes * NANOS_PER_BYTE, maxCredit);
        waiting = false;
    }

    /** The remaining time to wait; zero when the server is too slow. */
    synchronized Duration remaining(long now) {
        long remaining = waiting ? credit - (now - waitingSince) : credit;
        return Duration.ofNanos(Math.max(0, remaining));
    }
}
