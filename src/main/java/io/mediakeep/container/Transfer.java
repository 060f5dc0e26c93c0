package io.mediakeep.container;

import java.time.Duration;

/**
 * A body in transfer, in either direction, whose client may stop reading or sending. Methods are called by any thread.
 */
public interface Transfer {
    /** The value of {@link #waitingSince} while the client is not waited for. */
    long NOT_WAITING = Long.MIN_VALUE;

    /** Since when the client is waited for, as {@link System#nanoTime}, or {@link #NOT_WAITING}. */
    long waitingSince();

    /** The default of {@link #maxWait}. */
    Duration MAX_WAIT = Duration.ofSeconds(60);

    /** How long a client may read or send nothing. */
    default Duration maxWait() {
        return MAX_WAIT;
    }

    /** Ends the transfer after {@link #maxWait}. */
    void timeOut();
}
