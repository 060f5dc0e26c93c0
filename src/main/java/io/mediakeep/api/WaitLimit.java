package io.mediakeep.api;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.media.download.DownloadSettings;
import java.time.Duration;

/** How long a request waits for content that has not come yet ({@code timeout_ms}). */
public final class WaitLimit {
    private final DownloadSettings settings;

    /** As much as these settings allow. */
    public WaitLimit(DownloadSettings settings) {
        this.settings = settings;
    }

    /** When the a request with these parameters times out. */
    public Deadline of(Parameters parameters) {
        Duration asked = parameters.milliseconds("timeout_ms").orElse(settings.defaultWait());
        return Deadline.in(asked.compareTo(settings.maxWait()) < 0 ? asked : settings.maxWait());
    }
}
