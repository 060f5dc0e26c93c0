package io.mediakeep.thumbnail;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/** How much memory all drawings together may take. Who wants more than is left waits until others are done. */
final class MemoryBudget {
    private static final int UNIT = 4096;

    private final Semaphore left;
    private final int units;

    /** @param bytes how much there is */
    MemoryBudget(long bytes) {
        this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.left = new Semaphore(units, true);
    }

    /** A share of what the JVM may use at most. */
    static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() * 3 / 8);
    }

    /** Whether so many bytes can ever be had. */
    boolean couldHold(long bytes) {
        return bytes / UNIT < units;
    }

    /** Works with so many bytes, as soon as they are left. */
    <T> T spend(long bytes, Work<T> work) throws IOException, InterruptedException {
        int wanted = (int) (bytes / UNIT) + 1;
        left.acquire(wanted);
        try {
            return work.run();
        } finally {
            left.release(wanted);
        }
    }

    /** How many bytes are left. */
    long left() {
        return (long) left.availablePermits() * UNIT;
    }

    /** What is done with memory that was set aside. */
    interface Work<T> {
        T run() throws IOException;
    }
}
