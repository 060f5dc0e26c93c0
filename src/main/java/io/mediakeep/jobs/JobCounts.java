package io.mediakeep.jobs;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Counts of the jobs that have ended on this node since its start, by their kind. Cancelled jobs are not counted. */
public final class JobCounts {
    private final Map<String, Ended> kinds;

    private record Ended(LongAdder done, LongAdder failed, LongAdder items, LongAdder bytes) {
        Ended() {
            this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
        }
    }

    JobCounts(Collection<String> kinds) {
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), kind -> new Ended()));
    }

    void count(Job ended) {
        Ended kind = Objects.requireNonNull(kinds.get(ended.kind()));
        (ended.state() == JobState.DONE ? kind.done : kind.failed).increment();
        kind.items.add(ended.done());
        kind.bytes.add(ended.bytes());
    }

    /** The numbers of jobs that are done. */
    public Map<String, LongSupplier> done() {
        return byKind(Ended::done);
    }

    /** The numbers of jobs that failed. */
    public Map<String, LongSupplier> failed() {
        return byKind(Ended::failed);
    }

    /** The numbers of items that these jobs have finished, dry runs included. */
    public Map<String, LongSupplier> items() {
        return byKind(Ended::items);
    }

    /** The bytes of these items. */
    public Map<String, LongSupplier> bytes() {
        return byKind(Ended::bytes);
    }

    private Map<String, LongSupplier> byKind(Function<Ended, LongAdder> count) {
        return kinds.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, kind -> count.apply(kind.getValue())::sum));
    }
}
