package io.mediakeep.blob.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row that says that all chunks of a blob are there. Without it they are what a crash left, and are not served. */
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
