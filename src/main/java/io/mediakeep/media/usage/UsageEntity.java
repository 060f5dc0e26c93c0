package io.mediakeep.media.usage;

import io.mediakeep.limits.Usage;
import io.mediakeep.matrix.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row with the storage usage of a user. */
@Entity
@Table(name = "user_usage")
class UsageEntity {
    @Id
    @Column(name = "user_id")
    private String userId;

    private long bytes;

    private long files;

    /** All uploads of the user, also those that are deleted. */
    private long uploads;

    /** For JPA. */
    protected UsageEntity() {}

    UsageEntity(UserId user) {
        this.userId = user.value();
    }

    Usage toUsage() {
        return new Usage(bytes, files);
    }

    long uploads() {
        return uploads;
    }

    void add(long moreBytes) {
        bytes += moreBytes;
        files++;
        uploads++;
    }
}
