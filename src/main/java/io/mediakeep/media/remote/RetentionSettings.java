package io.mediakeep.media.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * How long remote media is stored.
 *
 * @param remoteAfter remote media is removed when it was not accessed for so long; never when it is not set
 */
public record RetentionSettings(Optional<Duration> remoteAfter) {
    public static final RetentionSettings DEFAULTS = new RetentionSettings(Optional.empty());
}
