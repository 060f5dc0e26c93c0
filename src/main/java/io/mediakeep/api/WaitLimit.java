package io.mediakeep.api;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.media.download.DownloadSettings;
import java.time.Duration;

/** How long a request waits for content that is not available yet ({@code timeout_ms}). */
public final class WaitLimit {
    private final DownloadSettings settings;

    /** The limits in these settings. */
    public WaitLimit(DownloadSettings settings) {
        this.settings = settings;
    }

    /** The deadline of a request with these parameters. */
    public Deadline deadline(Parameters parameters) {
        Duration timeout = parameters.milliseconds("timeout_ms").orElse(settings.defaultWait());
        return Deadline.in(timeout.compareTo(settings.maxWait()) < 0 ? timeout : settings.maxWait());
    }
}
