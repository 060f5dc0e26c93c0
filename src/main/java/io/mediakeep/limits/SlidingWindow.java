package io.mediakeep.limits;

import java.time.Duration;
import java.time.Instant;

/**
 * A period that ends now, divided into slots of a sixtieth of it, by which uploads are counted. An upload is in the
 * window for the period, and at most one slot longer.
 */
public record SlidingWindow(Duration period, Instant now) {
    private static final int SLOTS = 60;

    /** The length of a slot in milliseconds. */
    public long slotMillis() {
        return (period.toMillis() + SLOTS - 1) / SLOTS;
    }

    /** The number of the current slot. Slots are counted from 1970. */
    public long currentSlot() {
        return now.toEpochMilli() / slotMillis();
    }

    /** The number of the first slot of the window. */
    public long firstSlot() {
        return currentSlot() - SLOTS;
    }

    /** When a slot leaves the window. */
    public Instant expiryOf(long slot) {
        return Instant.ofEpochMilli((slot + SLOTS + 1) * slotMillis());
    }
}
