package io.mediakeep.preview;

import io.mediakeep.matrix.Mxc;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The row of one {@link StoredPreview}: a page at an hour. */
@Entity
@Table(name = "preview")
@IdClass(PreviewEntity.Key.class)
class PreviewEntity {
    private static final long HOUR_MILLIS = 3_600_000;

    @Id
    @Column(name = "url_hash")
    private String urlHash;

    @Id
    @Column(name = "fetched_hour")
    private long fetchedHour;

    @SuppressWarnings("UnusedVariable") // for operators
    private String url;

    private String json;

    @Column(name = "expires_at")
    private long expiresAt;

    @Column(name = "keep_until")
    private long keepUntil;

    private @Nullable String etag;

    @Column(name = "last_modified")
    private @Nullable String lastModified;

    private @Nullable String image;

    /** For JPA. */
    protected PreviewEntity() {}

    PreviewEntity(PreviewKey key, StoredPreview preview) {
        this.urlHash = key.hash();
        this.fetchedHour = preview.hour();
        this.url = key.url().toString();
        this.json = preview.json();
        this.expiresAt = preview.expiresAt().toEpochMilli();
        this.keepUntil = preview.keepUntil().toEpochMilli();
        this.etag = preview.validators().etag().orElse(null);
        this.lastModified = preview.validators().lastModified().orElse(null);
        this.image = preview.image().map(Mxc::toString).orElse(null);
    }

    StoredPreview toPreview() {
        return new StoredPreview(
                json,
                Instant.ofEpochMilli(fetchedHour * HOUR_MILLIS),
                Instant.ofEpochMilli(expiresAt),
                new Validators(Optional.ofNullable(etag), Optional.ofNullable(lastModified)),
                Optional.ofNullable(image).map(Mxc::parse));
    }

    /** The primary key: the URL and the hour. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        private String urlHash = "";
        private long fetchedHour;

        /** For JPA. */
        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && urlHash.equals(key.urlHash) && fetchedHour == key.fetchedHour;
        }

        @Override
        public int hashCode() {
            return Objects.hash(urlHash, fetchedHour);
        }
    }
}
