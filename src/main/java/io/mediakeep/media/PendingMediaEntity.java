package io.mediakeep.media;

import io.mediakeep.matrix.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The row of a content URI that waits for its content. */
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

    private @Nullable String claim;

    @Column(name = "claimed_until")
    private long claimedUntil;

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

    boolean expired(Instant now) {
        return expiresAt <= now.toEpochMilli();
    }

    boolean claimed(Instant now) {
        return claim != null && claimedUntil > now.toEpochMilli();
    }

    void claim(String by, Instant until) {
        this.claim = by;
        this.claimedUntil = until.toEpochMilli();
    }
}
