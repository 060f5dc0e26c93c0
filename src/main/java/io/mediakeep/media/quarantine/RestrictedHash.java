package io.mediakeep.media.quarantine;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * A hash whose content is quarantined or blocked.
 *
 * @param reason as the administrator gave it, at most {@value #MAX_REASON_LENGTH} characters
 * @param by the administrator
 */
public record RestrictedHash(BlobId id, Optional<String> reason, UserId by, Instant since) {
    public static final int MAX_REASON_LENGTH = 1000;
}
