package io.mediakeep.media;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored media item. It is immutable, except for its quarantine.
 *
 * @param uploader the local user that uploaded it; absent for remote media and images of previews
 * @param contentType as the uploader declared it, {@code application/octet-stream} when that was no media type
 * @param fileName as the uploader named it, sanitised
 * @param size in bytes
 * @param blob the location of its bytes
 * @param authenticatedOnly whether it is hidden from endpoints without an access token
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
        boolean quarantined) {

    /** Whether whoever has its content URI may read it, so that a URL that allows that may be given away. */
    public boolean isPublic() {
        return !authenticatedOnly && !quarantined;
    }

    /** The same media, quarantined. */
    Media asQuarantined() {
        return new Media(mxc, uploader, contentType, fileName, size, blob, createdAt, authenticatedOnly, true);
    }
}
