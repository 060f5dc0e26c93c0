package io.mediakeep.persistence;

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

    /** A lease is never held for longer than {@code longest} from now: when the clock was set back, it is free. */
    boolean take(String by, Instant now, Duration longest) {
        long left = heldUntil - now.toEpochMilli();
        if (left > 0 && left <= longest.toMillis()) {
            return false;
        }
        holder = by;
        heldUntil = now.plus(longest).toEpochMilli();
        return true;
    }

    void giveBack(String by) {
        if (holder.equals(by)) {
            heldUntil = 0;
        }
    }
}
