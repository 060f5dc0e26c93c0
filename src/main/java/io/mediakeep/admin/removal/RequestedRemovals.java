package io.mediakeep.admin.removal;

import io.mediakeep.concurrent.BoundedThreadPool;
import io.mediakeep.concurrent.PoolState;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.RemovedMedia;
import io.mediakeep.persistence.Announcements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removals that a request waits for, as those of Synapse's API. They go on when the client has gone, until the server
 * stops. When they complete, no connected node serves what is removed.
 */
public final class RequestedRemovals implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RequestedRemovals.class);

    /** How many items a response lists. */
    static final int MAX_LISTED = 50_000;

    /** How many removals run, and how many wait. */
    private static final int MAX_RUNNING = 2, MAX_WAITING = 20;

    private static final Duration RETRY = Duration.ofSeconds(10);

    /** How long closing waits for the batches that are running. */
    private static final Duration MAX_STOP_WAIT = Duration.ofSeconds(5);

    private final MediaRemoval removal;
    private final Announcements announcements;
    private volatile boolean closed;
    private final BoundedThreadPool threads = new BoundedThreadPool("removals", MAX_RUNNING, MAX_WAITING);

    /** Without running removals. */
    public RequestedRemovals(MediaRemoval removal, Announcements announcements) {
        this.removal = removal;
        this.announcements = announcements;
    }

    /**
     * Removes what a plan selects.
     *
     * @throws MatrixException 503 when too many removals wait
     */
    public CompletableFuture<RemovalResult> run(RemovalPlan plan) {
        return submit(() -> {
            List<Mxc> listed = new ArrayList<>();
            long[] count = new long[1];
            removal.run(plan, batch -> {
                requireOpen();
                count[0] += batch.removed().media().size();
                batch.removed().media().stream()
                        .limit(MAX_LISTED - (long) listed.size())
                        .forEach(listed::add);
            });
            return new RemovalResult(listed, count[0]);
        });
    }

    /**
     * Removes media, also what is quarantined or protected.
     *
     * @throws MatrixException 503 when too many removals wait
     */
    public CompletableFuture<RemovalResult> run(List<Mxc> media) {
        return submit(() -> {
            RemovedMedia removed = removal.removeAll(media);
            return new RemovalResult(removed.media(), removed.media().size());
        });
    }

    /**
     * Counts which media of a list exists.
     *
     * @throws MatrixException 503 when too many removals wait
     */
    public CompletableFuture<RemovalResult> count(List<Mxc> media) {
        return submit(() -> {
            List<Mxc> existing = removal.existing(media);
            return new RemovalResult(existing, existing.size());
        });
    }

    private CompletableFuture<RemovalResult> submit(Supplier<RemovalResult> work) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        RemovalResult result = work.get();
                        announcements.awaitHandled();
                        return result;
                    },
                    threads);
        } catch (RejectedExecutionException full) {
            throw MatrixException.unavailable("Too many removals are waiting", RETRY);
        }
    }

    /** The state of the pool. */
    public PoolState pool() {
        return threads.state();
    }

    private void requireOpen() {
        if (closed) {
            throw MatrixException.unavailable("The server stops; what is left is not removed", RETRY);
        }
    }

    /** Waits for the batches that are running; what they have not begun is not removed. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(MAX_STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.info("The batch of a removal does not end; it is interrupted by the stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
