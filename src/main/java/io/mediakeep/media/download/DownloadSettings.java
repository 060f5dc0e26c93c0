package io.mediakeep.media.download;

import java.time.Duration;

/** How long a download waits for content that is not available yet: by default, and at most. */
public record DownloadSettings(Duration defaultWait, Duration maxWait) {
    public static final DownloadSettings DEFAULTS =
            new DownloadSettings(Duration.ofSeconds(20), Duration.ofSeconds(60));

    /** Rejects a default above the maximum with {@link IllegalArgumentException}. */
    public DownloadSettings {
        if (defaultWait.compareTo(maxWait) > 0) {
            throw new IllegalArgumentException("the default wait is longer than the maximum");
        }
    }
}
