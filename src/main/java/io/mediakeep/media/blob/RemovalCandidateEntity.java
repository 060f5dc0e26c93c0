package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobLocation;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row which says that the bytes at a location may have to be removed, and from when on. */
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
