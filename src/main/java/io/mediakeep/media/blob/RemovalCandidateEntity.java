package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a candidate for removal: a location of bytes, and when the removal is due. */
@Entity
@Table(name = "removal_candidate")
class RemovalCandidateEntity {
    @Id
    @Column(length = 128)
    private String location;

    @Column(name = "due_at")
    private long dueAt;

    /** For JPA. */
    protected RemovalCandidateEntity() {}

    RemovalCandidateEntity(BlobLocation location, Instant dueAt) {
        this.location = location.value();
        this.dueAt = dueAt.toEpochMilli();
    }
}
