package io.mediakeep.media.quarantine;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row of one {@link QuarantineChange}. */
@Entity
@Table(name = "quarantine_change")
class QuarantineChangeEntity {
    @Id
    @Column(name = "change_number")
    private long number;

    private String origin;

    @Column(name = "media_id")
    private String mediaId;

    private boolean quarantined;

    /** For JPA. */
    protected QuarantineChangeEntity() {}

    QuarantineChangeEntity(long number, Mxc mxc, boolean quarantined) {
        this.number = number;
        this.origin = mxc.server().value();
        this.mediaId = mxc.mediaId();
        this.quarantined = quarantined;
    }

    QuarantineChange toChange() {
        return new QuarantineChange(number, new Mxc(new ServerName(origin), mediaId), quarantined);
    }
}
