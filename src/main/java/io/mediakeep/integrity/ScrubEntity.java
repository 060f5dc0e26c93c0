package io.mediakeep.integrity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The single row of the scrub's progress. */
@Entity
@Table(name = "scrub")
class ScrubEntity {
    static final int ID = 1;

    @Id
    private int id;

    private String position;

    @Column(name = "began_at")
    private long beganAt;

    private long blobs;

    private long bytes;

    private long damaged;

    @Column(name = "last_ended_at")
    private @Nullable Long lastEndedAt;

    /** For JPA. */
    protected ScrubEntity() {}

    ScrubEntity(ScrubState state) {
        this.id = ID;
        this.position = state.position();
        this.beganAt = state.beganAt().toEpochMilli();
        this.blobs = state.blobs();
        this.bytes = state.bytes();
        this.damaged = state.damaged();
        this.lastEndedAt = state.lastEndedAt().map(Instant::toEpochMilli).orElse(null);
    }

    ScrubState toState() {
        return new ScrubState(
                position,
                Instant.ofEpochMilli(beganAt),
                blobs,
                bytes,
                damaged,
                Optional.ofNullable(lastEndedAt).map(Instant::ofEpochMilli));
    }
}
