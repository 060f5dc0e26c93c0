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
 * The readers who wait for content that has not come yet. Waiting holds no thread: it is a question that is asked again
 * when an upload ends, here or on another node, and now and then in case nobody told.
 */
public final class PendingUploads implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PendingUploads.class);

    /** How many may wait at once; it bounds the memory that waiting takes. */
    private static final int MOST_READERS = 50_000;

    /** Of how many it is asked in one query whether they are pending. */
    private static final int BATCH = 500;

    private final MediaLookups lookups;
    private final Executor executor;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentMap<Mxc, Set<Reader>> readers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Nobody waits yet.
     *
     * @param executor where readers go on once their content is there; its threads may block
     */
    public PendingUploads(MediaLookups lookups, Announcements announcements, Executor executor) {
        this.lookups = lookups;
        this.executor = executor;
        announcements.listen(this::announced, () -> unlessAway(this::lookAgain));
    }

    /**
     * Completes when the content is there, on a thread that may block; fails with 504 {@code M_NOT_YET_UPLOADED} at the
     * deadline and with 404 {@code M_NOT_FOUND} when the URI expires meanwhile.
     */
    CompletableFuture<Media> await(Mxc mxc, Deadline deadline) {
        if (waiting.get() >= MOST_READERS) {
            throw MatrixException.unavailable("Too many clients wait for uploads", Duration.ofSeconds(5));
        }
        Reader reader = new Reader();
        join(mxc, reader);
        CompletableFuture<Media> answer = reader.found
                .orTimeout(deadline.left().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((found, failure) -> leave(mxc, reader))
                .handleAsync(PendingUploads::answer, executor);
        look(mxc); // after joining, so that an upload that ends in between is not missed
        if (closed) {
            close();
        }
        return answer;
    }

    private static Media answer(@Nullable Lookup found, @Nullable Throwable over) {
        if (found instanceof Lookup.Stored stored) {
            return stored.media();
        }
        throw over == null ? MatrixException.notFound() : MatrixException.notYetUploaded();
    }

    private void join(Mxc mxc, Reader reader) {
        readers.compute(mxc, (key, present) -> {
            Set<Reader> all = present == null ? ConcurrentHashMap.newKeySet() : present;
            all.add(reader);
            waiting.incrementAndGet();
            return all;
        });
    }

    private void leave(Mxc mxc, Reader reader) {
        readers.computeIfPresent(mxc, (key, all) -> {
            all.remove(reader);
            waiting.decrementAndGet();
            return all.isEmpty() ? null : all;
        });
    }

    private void announced(String uri) {
        try {
            Mxc mxc = Mxc.parse(uri);
            if (readers.containsKey(mxc)) {
                unlessAway(() -> look(mxc));
            }
        } catch (IllegalArgumentException noContentUri) {
            // a later version or an operator may announce something else; nobody waits for it
        }
    }

    /** While the database is away nothing can be found out; when it is back, all may have been missed. */
    private void unlessAway(Runnable look) {
        executor.execute(() -> {
            try {
                look.run();
            } catch (DatabaseUnavailableException away) {
                log.debug("Awaited uploads are not looked for: {}", away.getMessage());
            }
        });
    }

    /** Asks again for all that is waited for, in case nobody told us that it came. */
    public void lookAgain() {
        List<Mxc> waitedFor = List.copyOf(readers.keySet());
        for (int from = 0; from < waitedFor.size(); from += BATCH) {
            List<Mxc> batch = waitedFor.subList(from, Math.min(from + BATCH, waitedFor.size()));
            Set<Mxc> pending = lookups.pending(batch);
            batch.stream().filter(mxc -> !pending.contains(mxc)).forEach(this::look);
        }
    }

    /** Tells everybody that the content has not come, also who comes later: the server stops. */
    @Override
    public void close() {
        closed = true;
        readers.values().forEach(all -> all.forEach(reader -> reader.found.cancel(false)));
    }

    /** How many content URIs are waited for. */
    public int waitedFor() {
        return readers.size();
    }

    private void look(Mxc mxc) {
        Lookup found = lookups.find(mxc);
        Set<Reader> all = readers.get(mxc);
        if (all != null && !(found instanceof Lookup.Pending)) {
            all.forEach(reader -> reader.found.complete(found));
        }
    }

    /** One who waits. */
    private static final class Reader {
        private final CompletableFuture<Lookup> found = new CompletableFuture<>();
    }
}
