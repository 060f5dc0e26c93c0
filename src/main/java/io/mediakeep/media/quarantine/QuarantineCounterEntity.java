package io.mediakeep.media.quarantine;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The one row with the number of the last {@link QuarantineChange}. */
@Entity
@Table(name = "quarantine_counter")
class QuarantineCounterEntity {
    static final int ID = 1;

    @Id
    private int id;

    @Column(name = "last_number")
    private long lastNumber;

    /** For JPA. */
    protected QuarantineCounterEntity() {}

    long last() {
        return lastNumber;
    }

    long next() {
        return ++lastNumber;
    }
}
