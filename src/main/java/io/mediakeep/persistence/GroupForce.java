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

    /**
     * The outcome of the force that begins next, which covers whatever was committed before this was read: how many had
     * failed before it, unless it fails.
     */
    private volatile CompletableFuture<Integer> next = new CompletableFuture<>();

    /** How many forces have failed. */
    private volatile int failures;

    GroupForce(Runnable checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** How many forces have failed so far: to be read before a transaction begins that is forced afterwards. */
    int failures() {
        return failures;
    }

    /**
     * Returns when everything committed before this call is on stable storage.
     *
     * @param failuresBefore how many forces had failed when the first of that began
     * @throws IllegalStateException when a force failed since then. A later one that succeeds says nothing about it: the
     *     database may have been opened anew without it.
     */
    void whatIsCommitted(int failuresBefore) {
        CompletableFuture<Integer> mine = next;
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
            if (mine.join() != failuresBefore) {
                throw new IllegalStateException("a force failed before what was committed was forced to disk");
            }
        } catch (CompletionException failed) {
            throw new IllegalStateException("what was committed could not be forced to disk", failed.getCause());
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    private void complete(CompletableFuture<Integer> force) {
        try {
            checkpoint.run();
            force.complete(failures);
        } catch (RuntimeException | Error failure) {
            failures++;
            force.completeExceptionally(failure);
        }
    }
}
