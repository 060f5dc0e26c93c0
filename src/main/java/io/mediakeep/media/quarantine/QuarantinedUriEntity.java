package io.mediakeep.media.quarantine;

import io.mediakeep.matrix.Mxc;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The row of the content URI of quarantined media of another server. */
@Entity
@Table(name = "quarantined_uri")
@IdClass(QuarantinedUriEntity.Key.class)
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

    /** The primary key: a content URI in two columns. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        private String origin = "";
        private String mediaId = "";

        /** For JPA. */
        Key() {}

        Key(Mxc mxc) {
            this.origin = mxc.server().value();
            this.mediaId = mxc.mediaId();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && origin.equals(key.origin) && mediaId.equals(key.mediaId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(origin, mediaId);
        }
    }
}
