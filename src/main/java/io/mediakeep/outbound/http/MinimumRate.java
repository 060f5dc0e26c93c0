package io.mediakeep.outbound.http;

import java.time.Duration;

/**
 * Whether a body comes fast enough. A server may let us wait for {@link #GRACE}; each byte that comes buys more time, at
 * {@link #BYTES_PER_SECOND}, but no more at once than the longest silence that the request bears with. Only the time
 * counts during which we wait for the server.
 */
final class MinimumRate {
    /** The least rate that we bear with. */
    static final int BYTES_PER_SECOND = 16 * 1024;

    static final Duration GRACE = Duration.ofSeconds(5);

    private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / BYTES_PER_SECOND;

    private final long most;
    private long credit;
    private long waitingSince;
    private boolean waiting;

    /** @param silence how long the server may send nothing */
    MinimumRate(Duration silence) {
        this.credit = Math.min(silence.toNanos(), GRACE.toNanos());
        this.most = silence.toNanos();
    }

    /**
     * Begins to wait for the server.
     *
     * @param now in nanoseconds, of any origin
     */
    synchronized void waits(long now) {
        waiting = true;
        waitingSince = now;
    }

    /** Ends a wait; so many bytes came of it. */
    synchronized void came(int bytes, long now) {
        credit = Math.min(credit - (now - waitingSince) + bytes * NANOS_PER_BYTE, most);
        waiting = false;
    }

    /** For how long the server may let us wait from now on; nothing when it is too slow. */
    synchronized Duration left(long now) {
        long left = waiting ? credit - (now - waitingSince) : credit;
        return Duration.ofNanos(Math.max(0, left));
    }
}
