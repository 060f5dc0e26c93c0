package io.mediakeep.media.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * How long we keep what can be had again.
 *
 * @param remoteAfter other servers' media goes when nobody has asked for it for so long; never when it is not set
 */
public record RetentionSettings(Optional<Duration> remoteAfter) {
    public static final RetentionSettings DEFAULTS = new RetentionSettings(Optional.empty());
}
