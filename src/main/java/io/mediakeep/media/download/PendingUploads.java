package io.mediakeep.media.download;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Lookup;
import io.mediakeep.media.Media;
import io.mediakeep.persistence.Announcements;
import io.mediakeep.storage.DatabaseUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that wait for content that is not uploaded yet. Waiting holds no thread: the state is checked when an upload
 * is announced, by this node or another, and periodically in case an announcement was missed.
 */
public final class PendingUploads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PendingUploads.class);

    /** How many requests may wait at once; it bounds the memory. */
    private static final int MAX_WAITING = 50_000;

    /** How many URIs are checked in one query. */
    private static final int BATCH = 500;

    private final MediaLookups lookups;
    private final Executor executor;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentMap<Mxc, Set<Waiter>> waiters = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Without waiting requests.
     *
     * @param executor runs what follows a wait; its threads may block
     */
    public PendingUploads(MediaLookups lookups, Announcements announcements, Executor executor) {
        this.lookups = lookups;
        this.executor = executor;
        announcements.addListener(this::announced, () -> ifAvailable(this::checkAll));
    }

    /**
     * Completes when the content is uploaded, on a thread that may block; fails with 504 {@code M_NOT_YET_UPLOADED} at
     * the deadline and with 404 {@code M_NOT_FOUND} when the URI expires meanwhile.
     */
    CompletableFuture<Media> await(Mxc mxc, Deadline deadline) {
        if (waiting.get() >= MAX_WAITING) {
            throw MatrixException.unavailable("Too many clients wait for uploads", Duration.ofSeconds(5));
        }
        Waiter waiter = new Waiter();
        register(mxc, waiter);
        CompletableFuture<Media> result = waiter.found
                .orTimeout(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((found, failure) -> unregister(mxc, waiter))
                .handleAsync(PendingUploads::result, executor);
        check(mxc); // after registering, so that an upload that completes in between is not missed
        if (closed) {
            close();
        }
        return result;
    }

    private static Media result(@Nullable Lookup found, @Nullable Throwable failure) {
        if (found instanceof Lookup.Stored stored) {
            return stored.media();
        }
        throw failure == null ? MatrixException.notFound() : MatrixException.notYetUploaded();
    }

    private void register(Mxc mxc, Waiter waiter) {
        waiters.compute(mxc, (key, present) -> {
            Set<Waiter> all = present == null ? ConcurrentHashMap.newKeySet() : present;
            all.add(waiter);
            waiting.incrementAndGet();
            return all;
        });
    }

    private void unregister(Mxc mxc, Waiter waiter) {
        waiters.computeIfPresent(mxc, (key, all) -> {
            all.remove(waiter);
            waiting.decrementAndGet();
            return all.isEmpty() ? null : all;
        });
    }

    private void announced(String uri) {
        try {
            Mxc mxc = Mxc.parse(uri);
            if (waiters.containsKey(mxc)) {
                ifAvailable(() -> check(mxc));
            }
        } catch (IllegalArgumentException noContentUri) {
            // an announcement of another kind, as of a later version
        }
    }

    /**
     * Nothing can be checked while the database is unavailable; once it is back, all announcements may have been
     * missed.
     */
    private void ifAvailable(Runnable check) {
        executor.execute(() -> {
            try {
                check.run();
            } catch (DatabaseUnavailableException unavailable) {
                log.debug("Awaited uploads are not checked: {}", unavailable.getMessage());
            }
        });
    }

    /** Checks all awaited URIs, in case an announcement was missed. */
    public void checkAll() {
        List<Mxc> awaited = List.copyOf(waiters.keySet());
        for (int from = 0; from < awaited.size(); from += BATCH) {
            List<Mxc> batch = awaited.subList(from, Math.min(from + BATCH, awaited.size()));
            Set<Mxc> pending = lookups.pending(batch);
            batch.stream().filter(mxc -> !pending.contains(mxc)).forEach(this::check);
        }
    }

    /** Completes all waiting requests with 504, and those that follow: the server stops. */
    @Override
    public void close() {
        closed = true;
        waiters.values().forEach(all -> all.forEach(waiter -> waiter.found.cancel(false)));
    }

    /** How many content URIs are awaited. */
    public int awaited() {
        return waiters.size();
    }

    private void check(Mxc mxc) {
        Lookup found = lookups.find(mxc);
        Set<Waiter> all = waiters.get(mxc);
        if (all != null && !(found instanceof Lookup.Pending)) {
            all.forEach(waiter -> waiter.found.complete(found));
        }
    }

    /** A waiting request. */
    private static final class Waiter {
        private final CompletableFuture<Lookup> found = new CompletableFuture<>();
    }
}
