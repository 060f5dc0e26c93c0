package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.blob.ContentUriKey;
import io.mediakeep.media.quarantine.QuarantinedUriCatalog;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The row of one {@link Media}. */
@Entity
@Table(name = "media")
@IdClass(ContentUriKey.class)
class MediaEntity {
    /** Who quarantined what was quarantined when it was stored; in place of an administrator, as in Synapse. */
    private static final String SYSTEM = "system";

    @Id
    private String origin;

    @Id
    @Column(name = "media_id")
    private String mediaId;

    /** Absent when it was not uploaded by a local user. */
    private @Nullable String uploader;

    @Column(name = "content_type")
    private String contentType;

    @Column(name = "file_name")
    private @Nullable String fileName;

    private long size;

    @Column(name = "blob_hash")
    private String blobHash;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "last_access_at")
    private long lastAccessAt;

    @Column(name = "authenticated_only")
    private boolean authenticatedOnly;

    private boolean quarantined;

    /** An administrator, or {@link #SYSTEM}; absent when it is not quarantined. */
    @Column(name = "quarantined_by")
    private @Nullable String quarantinedBy;

    /** Whether it is protected from quarantine. */
    @Column(name = "safe_from_quarantine")
    private boolean safeFromQuarantine;

    /** Whether it is media of another server. */
    @Column(name = "remote")
    private boolean remote;

    /** Whether it was imported from the store of another server. */
    private boolean adopted;

    /** Absent when it does not expire. */
    @Column(name = "expires_at")
    private @Nullable Long expiresAt;

    /** For JPA. */
    protected MediaEntity() {}

    MediaEntity(Media media) {
        this.origin = media.mxc().server().value();
        this.mediaId = media.mxc().mediaId();
        this.uploader = media.uploader().map(UserId::value).orElse(null);
        this.contentType = media.contentType().value();
        this.fileName = media.fileName().orElse(null);
        this.size = media.size();
        this.blobHash = media.blob().id().sha256();
        this.createdAt = media.createdAt().toEpochMilli();
        this.lastAccessAt = this.createdAt;
        this.authenticatedOnly = media.authenticatedOnly();
        this.quarantined = media.quarantined();
        this.quarantinedBy = media.quarantined() ? SYSTEM : null;
    }

    /** Media that expires. */
    MediaEntity(Media media, Instant expiresAt) {
        this(media);
        this.expiresAt = expiresAt.toEpochMilli();
    }

    /** Media of another server. */
    static MediaEntity copyOf(Media media) {
        MediaEntity copy = new MediaEntity(media);
        copy.remote = true;
        return copy;
    }

    /**
     * Media of another server's store.
     *
     * @param quarantined whether its content is quarantined here
     */
    static MediaEntity adopted(AdoptedMedia imported, boolean quarantined) {
        MediaEntity row = new MediaEntity(quarantined ? imported.media().asQuarantined() : imported.media());
        row.lastAccessAt = imported.lastAccessAt().toEpochMilli();
        row.remote = imported.remote();
        row.safeFromQuarantine = imported.safeFromQuarantine();
        row.adopted = true;
        imported.quarantinedBy().ifPresent(row::quarantine);
        return row;
    }

    void quarantine(UserId by) {
        quarantined = true;
        quarantinedBy = by.value();
    }

    /** Within a transaction, after it was quarantined or released: the same for its URI, if it is another server's. */
    void updateQuarantinedUri(EntityManager entities) {
        if (remote && quarantined) {
            QuarantinedUriCatalog.add(entities, mxc(), quarantinedBy == null ? SYSTEM : quarantinedBy);
        } else if (remote) {
            QuarantinedUriCatalog.remove(entities, mxc());
        }
    }

    void release() {
        quarantined = false;
        quarantinedBy = null;
    }

    boolean isAdopted() {
        return adopted;
    }

    boolean isQuarantined() {
        return quarantined;
    }

    Mxc mxc() {
        return new Mxc(new ServerName(origin), mediaId);
    }

    /** @param blob the location in the row of its blob */
    Media toMedia(BlobLocation blob) {
        return new Media(
                mxc(),
                Optional.ofNullable(uploader).map(UserId::new),
                ContentType.parse(contentType), // earlier versions stored the header unchecked
                Optional.ofNullable(fileName),
                size,
                blob,
                Instant.ofEpochMilli(createdAt),
                authenticatedOnly,
                quarantined);
    }

    /** What decides whether it is removed. */
    MediaRow toRow() {
        MediaRow.Kind local = expiresAt == null ? MediaRow.Kind.LOCAL : MediaRow.Kind.PREVIEW;
        return new MediaRow(
                mxc(),
                remote ? MediaRow.Kind.REMOTE : local,
                Optional.ofNullable(uploader).map(UserId::new),
                ContentType.parse(contentType),
                size,
                new BlobId(blobHash),
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(lastAccessAt),
                Optional.ofNullable(expiresAt).map(Instant::ofEpochMilli),
                quarantined,
                safeFromQuarantine);
    }
}
