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

    boolean take(String by, Instant now, Duration longest) {
        if (heldUntil > now.toEpochMilli()) {
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
