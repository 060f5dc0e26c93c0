package io.mediakeep.media;

import io.mediakeep.matrix.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Media of another server's store whose blob is stored here.
 *
 * @param remote whether it is a copy of a remote server's media
 * @param quarantinedBy who quarantined it, where it is quarantined and that is known
 * @param safeFromQuarantine whether it is protected from quarantine
 */
public record AdoptedMedia(
        Media media,
        boolean remote,
        Instant lastAccessAt,
        Optional<UserId> quarantinedBy,
        boolean safeFromQuarantine) {}
