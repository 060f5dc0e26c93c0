package io.mediakeep.persistence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces committed rows to stable storage, once for all concurrent callers. PostgreSQL does so on each commit; H2
 * writes to its file some time after a commit, so a checkpoint is run.
 */
final class GroupCommit {
    static final GroupCommit NONE = new GroupCommit(() -> {});

    private final Runnable checkpoint;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * The outcome of the force that begins next, which covers whatever was committed before this was read: the number
     * of failures before it, unless it fails.
     */
    private volatile CompletableFuture<Integer> next = new CompletableFuture<>();

    /** The number of failed forces. */
    private volatile int failures;

    GroupCommit(Runnable checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** The number of failed forces; to be read before a transaction begins that is forced afterwards. */
    int failures() {
        return failures;
    }

    /**
     * Returns when everything committed before this call is on stable storage.
     *
     * @param failuresBefore the number of failures when the first of these transactions began
     * @throws IllegalStateException when a force failed since then. A later one that succeeds proves nothing: the
     *     database may have been opened anew without these transactions
     */
    void forceCommitted(int failuresBefore) {
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
