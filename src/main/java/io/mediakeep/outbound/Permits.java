package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waiting for a turn, until the deadline. */
final class Permits {
    private Permits() {}

    /** Takes a permit; {@link Kind#TIMEOUT} when there is none in time. */
    static void acquire(Semaphore permits, Deadline deadline, String otherwise) throws OutboundException {
        try {
            if (!permits.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new OutboundException(Kind.TIMEOUT, otherwise);
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** The thread shall stop, so the request does. */
    static OutboundException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new OutboundException(Kind.TIMEOUT, "interrupted", cause);
    }
}
