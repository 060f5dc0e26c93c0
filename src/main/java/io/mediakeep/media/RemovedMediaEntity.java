package io.mediakeep.media;

import io.mediakeep.media.blob.ContentUriKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** The content URI of adopted media that was removed. */
@Entity
@Table(name = "removed_media")
@IdClass(ContentUriKey.class)
class RemovedMediaEntity {
    @Id
    private String origin;

    @Id
    @Column(name = "media_id")
    private String mediaId;

    /** For JPA. */
    protected RemovedMediaEntity() {}
}
