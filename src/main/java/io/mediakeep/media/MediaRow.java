package io.mediakeep.media;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What decides whether stored media is removed.
 *
 * @param uploader the local user that uploaded it
 * @param size in bytes
 * @param lastAccessAt to ten minutes, and up to a minute later where nothing is retained by it; its creation at first
 * @param safeFromQuarantine whether an administrator has protected it
 */
public record MediaRow(
        Mxc mxc,
        Kind kind,
        Optional<UserId> uploader,
        ContentType contentType,
        long size,
        BlobId blob,
        Instant createdAt,
        Instant lastAccessAt,
        Optional<Instant> expiresAt,
        boolean quarantined,
        boolean safeFromQuarantine) {

    /** Where media comes from. */
    public enum Kind {
        /** It was uploaded here. */
        LOCAL,
        /** It is a copy of another server's. */
        REMOTE,
        /** It is the image of a URL preview, which expires. */
        PREVIEW
    }

    /** The total size in bytes. */
    static long bytes(List<MediaRow> rows) {
        return rows.stream().mapToLong(MediaRow::size).sum();
    }
}
