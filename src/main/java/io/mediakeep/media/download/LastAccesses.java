package io.mediakeep.media.download;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** Times of last access, collected in memory and written in batches, so that a download costs no write. */
public final class LastAccesses<T> {
    /** Beyond so many no more are collected until the next write. */
    private static final int MAX_COLLECTED = 50_000;

    /** How many are written in one transaction. */
    private static final int BATCH = 500;

    private final Consumer<Map<T, Instant>> writer;
    private final Clock clock;
    private final Consumer<T> prompt;
    private final ConcurrentMap<T, Instant> collected = new ConcurrentHashMap<>();

    /**
     * An empty collection.
     *
     * @param writer writes a batch of times
     */
    public LastAccesses(Consumer<Map<T, Instant>> writer, Clock clock) {
        this(writer, clock, accessed -> {});
    }

    /**
     * An empty collection.
     *
     * @param writer writes a batch of times
     * @param prompt receives each access at once, too
     */
    public LastAccesses(Consumer<Map<T, Instant>> writer, Clock clock, Consumer<T> prompt) {
        this.writer = writer;
        this.clock = clock;
        this.prompt = prompt;
    }

    /** Records an access now. */
    public void record(T accessed) {
        if (collected.size() < MAX_COLLECTED) {
            collected.put(accessed, clock.instant());
        }
        prompt.accept(accessed);
    }

    /** Writes what was collected. */
    public void write() {
        Map<T, Instant> batch = new HashMap<>();
        for (T accessed : collected.keySet()) {
            Instant time = collected.remove(accessed);
            if (time != null) {
                batch.put(accessed, time);
            }
            if (batch.size() == BATCH) {
                write(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            write(batch);
        }
    }

    /** Restores what cannot be written for the next attempt, except where a later access was recorded. */
    private void write(Map<T, Instant> batch) {
        try {
            writer.accept(batch);
        } catch (RuntimeException failure) {
            batch.forEach(collected::putIfAbsent);
            throw failure;
        }
    }
}
