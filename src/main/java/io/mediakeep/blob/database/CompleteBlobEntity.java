package io.mediakeep.blob.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row that marks a blob complete. Chunks without it are the remains of a crash, and are not served. */
@Entity
@Table(name = "complete_blob")
class CompleteBlobEntity {
    @Id
    @Column(length = 128)
    private String location;

    @Column(nullable = false)
    private long size;

    @SuppressWarnings("NullAway.Init") // JPA fills the fields
    protected CompleteBlobEntity() {}
}
