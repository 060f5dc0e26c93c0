package io.mediakeep.concurrent;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Counts of events by their kind, since the start of the process. */
public final class Counts<K extends Enum<K>> {
    private final Map<K, LongAdder> counts;

    /** Zero for each kind. */
    public Counts(Class<K> kinds) {
        this.counts = new EnumMap<>(kinds);
        Arrays.stream(kinds.getEnumConstants()).forEach(kind -> counts.put(kind, new LongAdder()));
    }

    /** Counts an event. */
    public void increment(K kind) {
        add(kind, 1);
    }

    /** Counts several events of a kind. */
    public void add(K kind, int events) {
        Objects.requireNonNull(counts.get(kind)).add(events);
    }

    /** The counts by the lower-case name of the kind. */
    public Map<String, LongSupplier> byName() {
        return counts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        count -> count.getKey().name().toLowerCase(Locale.ROOT), count -> count.getValue()::sum));
    }
}
