package io.mediakeep.media.quarantine;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The row of one {@link HashRestriction} of one hash. */
@Entity
@Table(name = "hash_restriction")
@IdClass(HashRestrictionEntity.Key.class)
class HashRestrictionEntity {
    @Id
    private String hash;

    /** The name of a {@link HashRestriction}. */
    @Id
    private String restriction;

    private @Nullable String reason;

    @Column(name = "created_by")
    private String createdBy;

    @Column(name = "created_at")
    private long createdAt;

    /** For JPA. */
    protected HashRestrictionEntity() {}

    HashRestrictionEntity(BlobId id, HashRestriction restriction, Optional<String> reason, UserId by, Instant now) {
        this.hash = id.sha256();
        this.restriction = restriction.name();
        this.reason = reason.orElse(null);
        this.createdBy = by.value();
        this.createdAt = now.toEpochMilli();
    }

    RestrictedHash toRestrictedHash() {
        return new RestrictedHash(
                new BlobId(hash), Optional.ofNullable(reason), new UserId(createdBy), Instant.ofEpochMilli(createdAt));
    }

    /** The primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        private String hash = "";
        private String restriction = "";

        /** For JPA. */
        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && hash.equals(key.hash) && restriction.equals(key.restriction);
        }

        @Override
        public int hashCode() {
            return Objects.hash(hash, restriction);
        }
    }
}
