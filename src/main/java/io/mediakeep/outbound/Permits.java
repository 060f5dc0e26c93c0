package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Acquires permits of a semaphore within a deadline. */
final class Permits {
    private Permits() {}

    /** Acquires a permit; fails with {@link Kind#TIMEOUT} at the deadline. */
    static void acquire(Semaphore permits, Deadline deadline, String message) throws OutboundException {
        try {
            if (!permits.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new OutboundException(Kind.TIMEOUT, message);
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** The exception for an interrupted thread, whose interrupt status is restored. */
    static OutboundException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new OutboundException(Kind.TIMEOUT, "interrupted", cause);
    }
}
