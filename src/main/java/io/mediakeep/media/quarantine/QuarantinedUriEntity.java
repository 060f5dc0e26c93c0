package io.mediakeep.media.quarantine;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.blob.ContentUriKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** The row of the content URI of quarantined media of another server. */
@Entity
@Table(name = "quarantined_uri")
@IdClass(ContentUriKey.class)
class QuarantinedUriEntity {
    @Id
    private String origin;

    @Id
    @Column(name = "media_id")
    private String mediaId;

    /** As in the row of the media. */
    @Column(name = "quarantined_by")
    private String quarantinedBy;

    /** For JPA. */
    protected QuarantinedUriEntity() {}

    QuarantinedUriEntity(Mxc mxc, String quarantinedBy) {
        this.origin = mxc.server().value();
        this.mediaId = mxc.mediaId();
        this.quarantinedBy = quarantinedBy;
    }
}
