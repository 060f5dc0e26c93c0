package io.mediakeep.media;

import java.time.Duration;
import java.util.List;

/**
 * What may be uploaded.
 *
 * @param maxSize in bytes
 * @param allowedTypes globs on the content type; none means all
 * @param deniedTypes globs on the content type, which take precedence over the allowed ones
 * @param pendingTtl how long a content URI is reserved
 * @param maxPending how many reservations a user may have
 */
public record UploadSettings(
        long maxSize, List<String> allowedTypes, List<String> deniedTypes, Duration pendingTtl, int maxPending) {
    public static final UploadSettings DEFAULTS =
            new UploadSettings(100L * 1024 * 1024, List.of(), List.of(), Duration.ofHours(24), 5);

    /** Copies the lists. */
    public UploadSettings {
        allowedTypes = List.copyOf(allowedTypes);
        deniedTypes = List.copyOf(deniedTypes);
    }
}
