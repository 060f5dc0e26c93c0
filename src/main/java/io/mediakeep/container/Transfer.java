package io.mediakeep.container;

import java.time.Duration;

/** A body on its way, in either direction, whose client may stop to read or send. Methods are called by any thread. */
public interface Transfer {
    /** The value of {@link #waitingSince} while nothing is expected of the client. */
    long NOT_WAITING = Long.MIN_VALUE;

    /** Since when the client is waited for, as {@link System#nanoTime} counts, or {@link #NOT_WAITING}. */
    long waitingSince();

    /** How long a client may read or send nothing. */
    Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** How long the client may be waited for. */
    default Duration longestWait() {
        return LONGEST_WAIT;
    }

    /** Ends the transfer, since the client was waited for too long. */
    void giveUp();
}
