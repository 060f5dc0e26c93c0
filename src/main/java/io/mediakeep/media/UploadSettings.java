package io.mediakeep.media;

import java.time.Duration;
import java.util.List;

/**
 * What may be uploaded.
 *
 * @param maxSize in bytes
 * @param allowedTypes globs on the content type; none means all
 * @param deniedTypes globs on the content type, stronger than the allowed ones
 * @param pendingTtl how long a content URI waits for its content
 * @param maxPending how many of them a user may have open
 */
public record UploadSettings(
        long maxSize, List<String> allowedTypes, List<String> deniedTypes, Duration pendingTtl, int maxPending) {
    public static final UploadSettings DEFAULTS =
            new UploadSettings(100L * 1024 * 1024, List.of(), List.of(), Duration.ofHours(24), 5);

    /** Keeps its own copies of the lists. */
    public UploadSettings {
        allowedTypes = List.copyOf(allowedTypes);
        deniedTypes = List.copyOf(deniedTypes);
    }
}
