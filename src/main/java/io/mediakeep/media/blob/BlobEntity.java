package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row that stands for bytes in the blob store: there is one for each content, and a new one has a new location. */
@Entity
@Table(name = "stored_blob")
class BlobEntity {
    @Id
    private String hash;

    private String location;

    @Column(name = "size")
    private long size;

    @Column(name = "created_at")
    private long createdAt;

    /** Absent while nothing is known to be wrong with the bytes. */
    @Column(name = "damaged_at")
    private @Nullable Long damagedAt;

    /** For JPA. */
    protected BlobEntity() {}

    BlobEntity(BlobId id, long size, Instant now) {
        this.hash = id.sha256();
        this.location = BlobLocation.newFor(id).value();
        this.size = size;
        this.createdAt = now.toEpochMilli();
    }

    /** The bytes were put again. */
    void mended() {
        damagedAt = null;
    }

    StoredBlob toStoredBlob(boolean settled) {
        return new StoredBlob(location(), size, settled, damagedAt != null);
    }

    BlobLocation location() {
        return new BlobLocation(location);
    }
}
