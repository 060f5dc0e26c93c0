package io.mediakeep.persistence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces committed rows to stable storage, once for all who wait. PostgreSQL does it by itself at each commit; H2
 * writes to its file some time after a commit, so there a checkpoint is asked for.
 */
final class GroupForce {
    static final GroupForce NONE = new GroupForce(() -> {});

    private final Runnable checkpoint;
    private final ReentrantLock lock = new ReentrantLock();

    /** The outcome of the force that begins next, which covers whatever was committed before this was read. */
    private volatile CompletableFuture<Void> next = new CompletableFuture<>();

    GroupForce(Runnable checkpoint) {
        this.checkpoint = checkpoint;
    }

    /**
     * Returns when everything committed before this call is on stable storage.
     *
     * @throws IllegalStateException when the force that was to cover it failed. A later force that succeeds says nothing
     *     about it: the database may have been opened anew without it.
     */
    void whatIsCommitted() {
        CompletableFuture<Void> mine = next;
        lock.lock();
        try {
            if (!mine.isDone()) {
                next = new CompletableFuture<>();
                complete(mine);
            }
        } finally {
            lock.unlock();
        }
        try {
            mine.join();
        } catch (CompletionException failed) {
            throw new IllegalStateException("what was committed could not be forced to disk", failed.getCause());
        }
    }

    private void complete(CompletableFuture<Void> force) {
        try {
            checkpoint.run();
            force.complete(null);
        } catch (RuntimeException | Error failure) {
            force.completeExceptionally(failure);
        }
    }
}
