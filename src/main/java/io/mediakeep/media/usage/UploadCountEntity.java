package io.mediakeep.media.usage;

import io.mediakeep.limits.SlidingWindow;
import io.mediakeep.limits.Usage;
import io.mediakeep.matrix.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The row with what a user uploaded in one slot of a {@link SlidingWindow}. */
@Entity
@Table(name = "upload_count")
@IdClass(UploadCountEntity.Key.class)
class UploadCountEntity {
    @Id
    @Column(name = "user_id")
    private String userId;

    /** In milliseconds. */
    @Id
    private long period;

    @Id
    private long slot;

    @Column(name = "bytes")
    private long bytes;

    @Column(name = "files")
    private long files;

    /** All uploads of the user when this was last updated: if it has more now, some were not counted. */
    @Column(name = "total_uploads")
    private long totalUploads;

    @Column(name = "expires_at")
    private long expiresAt;

    /** For JPA. */
    protected UploadCountEntity() {}

    UploadCountEntity(UserId user, SlidingWindow window, long slot, Usage uploaded, long totalUploads) {
        this.userId = user.value();
        this.period = window.period().toMillis();
        this.slot = slot;
        this.bytes = uploaded.bytes();
        this.files = uploaded.files();
        this.totalUploads = totalUploads;
        this.expiresAt = window.expiryOf(slot).toEpochMilli();
    }

    /** The primary key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        private String userId = "";
        private long period;
        private long slot;

        /** For JPA. */
        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && userId.equals(key.userId) && period == key.period && slot == key.slot;
        }

        @Override
        public int hashCode() {
            return Objects.hash(userId, period, slot);
        }
    }
}
