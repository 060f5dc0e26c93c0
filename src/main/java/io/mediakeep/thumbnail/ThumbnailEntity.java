package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The row of one {@link Thumbnail}. */
@Entity
@Table(name = "thumbnail")
@IdClass(ThumbnailEntity.Key.class)
class ThumbnailEntity {
    @Id
    private String origin;

    @Id
    @Column(name = "media_id")
    private String mediaId;

    @Id
    private int width;

    @Id
    private int height;

    @Id
    private String method;

    @Id
    private boolean animated;

    @Column(name = "content_type")
    private String contentType;

    private long size;

    @Column(name = "blob_hash")
    private String blobHash;

    @Column(name = "created_at")
    private long createdAt;

    @Column(name = "last_used_at")
    private long lastUsedAt;

    /** For JPA. */
    protected ThumbnailEntity() {}

    ThumbnailEntity(ThumbnailKey key, Thumbnail thumbnail, Instant now) {
        Mxc mxc = key.mxc();
        ThumbnailSpec spec = key.spec();
        this.origin = mxc.server().value();
        this.mediaId = mxc.mediaId();
        this.width = spec.width();
        this.height = spec.height();
        this.method = spec.method().name();
        this.animated = spec.animated();
        this.contentType = thumbnail.contentType();
        this.size = thumbnail.size();
        this.blobHash = thumbnail.blob().id().sha256();
        this.createdAt = now.toEpochMilli();
        this.lastUsedAt = this.createdAt;
    }

    ThumbnailSpec spec() {
        return new ThumbnailSpec(width, height, ThumbnailSpec.Method.valueOf(method), animated);
    }

    Mxc mxc() {
        return new Mxc(new ServerName(origin), mediaId);
    }

    BlobId blob() {
        return new BlobId(blobHash);
    }

    /** @param location of the blob, from its own row */
    Thumbnail toThumbnail(BlobLocation location) {
        return new Thumbnail(contentType, size, location);
    }

    /** The primary key: the media and the {@link ThumbnailSpec}. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        private String origin = "";
        private String mediaId = "";
        private int width;
        private int height;
        private String method = "";
        private boolean animated;

        /** For JPA. */
        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && origin.equals(key.origin)
                    && mediaId.equals(key.mediaId)
                    && width == key.width
                    && height == key.height
                    && method.equals(key.method)
                    && animated == key.animated;
        }

        @Override
        public int hashCode() {
            return Objects.hash(origin, mediaId, width, height, method, animated);
        }
    }
}
