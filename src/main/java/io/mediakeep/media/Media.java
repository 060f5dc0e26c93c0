package io.mediakeep.media;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * One piece of media that we keep whole. Apart from its quarantine, nothing of it ever changes.
 *
 * @param uploader who uploaded it, if it was anybody here
 * @param contentType as the uploader named it, {@code application/octet-stream} when that was no type
 * @param fileName as the uploader named it, without folders and control characters
 * @param size in bytes
 * @param blob where its bytes are
 * @param authenticatedOnly whether it is hidden from the endpoints that take no access token
 * @param quarantined whether it is hidden from everybody
 */
public record Media(
        Mxc mxc,
        Optional<UserId> uploader,
        ContentType contentType,
        Optional<String> fileName,
        long size,
        BlobLocation blob,
        Instant createdAt,
        boolean authenticatedOnly,
        boolean quarantined) {}
