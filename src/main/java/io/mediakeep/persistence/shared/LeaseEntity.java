package io.mediakeep.persistence.shared;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** The row of one lease. */
@Entity
@Table(name = "lease")
class LeaseEntity {
    @Id
    private String name;

    private String holder;

    @Column(name = "held_until")
    private long heldUntil;

    /** For JPA. */
    protected LeaseEntity() {}

    LeaseEntity(String name) {
        this.name = name;
        this.holder = "";
    }

    /** A lease ends at most {@code maxDuration} from now: when the clock was set back, it is free. */
    boolean acquire(String by, Instant now, Duration maxDuration) {
        long remaining = heldUntil - now.toEpochMilli();
        if (remaining > 0 && remaining <= maxDuration.toMillis()) {
            return false;
        }
        holder = by;
        heldUntil = now.plus(maxDuration).toEpochMilli();
        return true;
    }

    void release(String by) {
        if (holder.equals(by)) {
            heldUntil = 0;
        }
    }
}
