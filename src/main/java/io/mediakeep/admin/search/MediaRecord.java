package io.mediakeep.admin.search;

import org.jspecify.annotations.Nullable;

/**
 * The row of stored media, as administrators see it. Times are milliseconds since 1970.
 *
 * @param uploader absent for remote media and images of previews
 * @param size in bytes
 * @param hash the SHA-256 of its content, hexadecimal
 * @param lastAccessAt that of its creation until it is requested
 * @param authenticatedOnly whether it is hidden from endpoints without an access token
 * @param quarantinedBy the administrator, or "system" where its content was quarantined before; absent when it is not
 *     quarantined
 * @param safeFromQuarantine whether it is protected
 * @param expiresAt of images of previews only
 */
public record MediaRecord(
        String origin,
        String mediaId,
        @Nullable String uploader,
        String contentType,
        @Nullable String fileName,
        long size,
        String hash,
        long createdAt,
        long lastAccessAt,
        boolean authenticatedOnly,
        @Nullable String quarantinedBy,
        boolean safeFromQuarantine,
        boolean remote,
        @Nullable Long expiresAt) {

    /** The start of a query of records, whose rows are named {@code m}. */
    static final String SELECT = "select new io.mediakeep.admin.search.MediaRecord(m.origin, m.mediaId, m.uploader,"
            + " m.contentType, m.fileName, m.size, m.blobHash, m.createdAt, m.lastAccessAt, m.authenticatedOnly,"
            + " m.quarantinedBy, m.safeFromQuarantine, m.remote, m.expiresAt) from MediaEntity m";
}
