package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The row that stands for bytes in the blob store. Its generation is new each time the row is made, so that an upload
 * can see that the bytes it counted on were removed and came back meanwhile.
 */
@Entity
@Table(name = "stored_blob")
class BlobEntity {
    @Id
    private String hash;

    private String generation;

    @Column(name = "size")
    private long size;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "removing_since")
    private @Nullable Long removingSince;

    /** For JPA. */
    protected BlobEntity() {}

    BlobEntity(BlobId id, long size, String generation, Instant now) {
        this.hash = id.sha256();
        this.generation = generation;
        this.size = size;
        this.createdAt = now.toEpochMilli();
    }

    String generation() {
        return generation;
    }

    boolean removing() {
        return removingSince != null;
    }

    void removeSince(Instant now) {
        this.removingSince = now.toEpochMilli();
    }
}
