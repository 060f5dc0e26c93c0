package io.mediakeep.media;

import io.mediakeep.matrix.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a reserved content URI. */
@Entity
@Table(name = "pending_media")
class PendingMediaEntity {
    @Id
    @Column(name = "media_id")
    private String mediaId;

    private String uploader;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "expires_at")
    private long expiresAt;

    @Column(name = "claim")
    private @Nullable String lockHolder;

    @Column(name = "claimed_until")
    private long lockedUntil;

    /** For JPA. */
    protected PendingMediaEntity() {}

    PendingMediaEntity(String mediaId, UserId uploader, Instant createdAt, Instant expiresAt) {
        this.mediaId = mediaId;
        this.uploader = uploader.value();
        this.createdAt = createdAt.toEpochMilli();
        this.expiresAt = expiresAt.toEpochMilli();
    }

    boolean belongsTo(UserId user) {
        return uploader.equals(user.value());
    }

    boolean isExpired(Instant now) {
        return expiresAt <= now.toEpochMilli();
    }

    boolean isLocked(Instant now) {
        return lockHolder != null && lockedUntil > now.toEpochMilli();
    }

    void lock(String holder, Instant until) {
        this.lockHolder = holder;
        this.lockedUntil = until.toEpochMilli();
    }
}
