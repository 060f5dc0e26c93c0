package io.mediakeep.blob.database;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** The row of one chunk of a blob. */
@Entity
@Table(name = "blob_chunk")
@IdClass(ChunkEntity.Key.class)
class ChunkEntity {
    @Id
    @Column(length = 128)
    private String location;

    @Id
    private int seq;

    @Column(nullable = false)
    private byte[] bytes;

    @SuppressWarnings("NullAway.Init") // JPA fills the fields
    protected ChunkEntity() {}

    /** The primary key. */
    record Key(String location, int seq) implements Serializable {}
}
