package io.mediakeep.limits;

import io.mediakeep.limits.QuotaSettings.Unit;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a user uploaded in a period, by slots of its window. */
public record PeriodUsage(SlidingWindow window, SortedMap<Long, Usage> slots) {

    /** Copies the map. */
    public PeriodUsage {
        slots = new TreeMap<>(slots);
    }

    /** How long it takes until no more than {@code max} is in the window, without further uploads; 0 if that is now. */
    Duration timeUntilAtMost(long max, Unit unit) {
        long used = slots.values().stream().mapToLong(usage -> usage.in(unit)).sum();
        Duration wait = Duration.ZERO;
        for (Map.Entry<Long, Usage> slot : slots.entrySet()) {
            if (used <= max) {
                break;
            }
            used -= slot.getValue().in(unit);
            wait = Duration.between(window.now(), window.expiryOf(slot.getKey()));
        }
        return wait;
    }
}
