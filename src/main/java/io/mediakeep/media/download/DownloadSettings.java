package io.mediakeep.media.download;

import java.time.Duration;

/** How long a download waits for content that has not come yet: when it does not say, and at most. */
public record DownloadSettings(Duration defaultWait, Duration maxWait) {
    public static final DownloadSettings DEFAULTS =
            new DownloadSettings(Duration.ofSeconds(20), Duration.ofSeconds(60));

    /** Refuses a default that is longer than the longest wait with {@link IllegalArgumentException}. */
    public DownloadSettings {
        if (defaultWait.compareTo(maxWait) > 0) {
            throw new IllegalArgumentException("the default wait is longer than the longest");
        }
    }
}
