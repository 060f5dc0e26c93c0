package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a blob: one for each content; a new row has a new location. */
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

    /** Absent while the bytes are not known to be damaged. */
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

    /** Records that the bytes were put again. */
    void markIntact() {
        damagedAt = null;
    }

    StoredBlob toStoredBlob(boolean settled) {
        return new StoredBlob(location(), size, settled, damagedAt != null);
    }

    BlobLocation location() {
        return new BlobLocation(location);
    }
}
