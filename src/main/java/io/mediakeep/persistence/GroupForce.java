package io.mediakeep.persistence;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces committed rows to stable storage, once for all who wait. PostgreSQL does it by itself at each commit; H2
 * writes to its file some time after a commit, so there a checkpoint is asked for.
 */
final class GroupForce {
    static final GroupForce NONE = new GroupForce(() -> {});

    private final Runnable checkpoint;
    private final AtomicLong asked = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private long forced;

    GroupForce(Runnable checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** Returns when everything committed before this call is on stable storage. */
    void whatIsCommitted() {
        long mine = asked.incrementAndGet();
        lock.lock();
        try {
            if (forced >= mine) {
                return;
            }
            long all = asked.get();
            checkpoint.run();
            forced = all;
        } finally {
            lock.unlock();
        }
    }
}
