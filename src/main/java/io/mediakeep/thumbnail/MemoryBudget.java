package io.mediakeep.thumbnail;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The memory that all thumbnails in rendering share. A task that needs more than is available waits for others to end.
 */
final class MemoryBudget {
    private static final int UNIT = 4096;

    private final Semaphore permits;
    private final int units;

    /** @param bytes the total */
    MemoryBudget(long bytes) {
        this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.permits = new Semaphore(units, true);
    }

    /** Three eighths of the maximum heap. */
    static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() * 3 / 8);
    }

    /** Whether so many bytes can be available at all. */
    boolean canEverHold(long bytes) {
        return bytes / UNIT < units;
    }

    /** Runs a task with so many bytes reserved, as soon as they are available. */
    <T> T runWith(long bytes, Task<T> task) throws IOException, InterruptedException {
        int required = (int) (bytes / UNIT) + 1;
        permits.acquire(required);
        try {
            return task.run();
        } finally {
            permits.release(required);
        }
    }

    /** The number of bytes in all. */
    long total() {
        return (long) units * UNIT;
    }

    /** The number of bytes that are available now. */
    long available() {
        return (long) permits.availablePermits() * UNIT;
    }

    /** A task that runs with reserved memory. */
    interface Task<T> {
        T run() throws IOException;
    }
}
