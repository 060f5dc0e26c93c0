package io.mediakeep.media.download;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** When things were last asked for, collected here and written now and then, so that a download costs no write. */
public final class LastAccesses<T> {
    /** How many are collected at most; what comes on top until the next write is not noted. */
    private static final int MOST_COLLECTED = 50_000;

    /** How many are written in one transaction. */
    private static final int BATCH = 500;

    private final Consumer<Map<T, Instant>> writer;
    private final Clock clock;
    private final ConcurrentMap<T, Instant> collected = new ConcurrentHashMap<>();

    /**
     * Nothing is collected yet.
     *
     * @param writer writes a batch of times
     */
    public LastAccesses(Consumer<Map<T, Instant>> writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Somebody asked for it just now. */
    public void note(T asked) {
        if (collected.size() < MOST_COLLECTED) {
            collected.put(asked, clock.instant());
        }
    }

    /** Writes what was collected. */
    public void write() {
        Map<T, Instant> batch = new HashMap<>();
        for (T asked : collected.keySet()) {
            Instant time = collected.remove(asked);
            if (time != null) {
                batch.put(asked, time);
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

    /** What cannot be written now is for the next time; a later access that was noted meanwhile counts. */
    private void write(Map<T, Instant> batch) {
        try {
            writer.accept(batch);
        } catch (RuntimeException failure) {
            batch.forEach(collected::putIfAbsent);
            throw failure;
        }
    }
}
