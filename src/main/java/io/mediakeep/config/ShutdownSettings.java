package io.mediakeep.config;

import java.time.Duration;

/**
 * How the embedded server stops.
 *
 * @param drainDelay how long new connections are still accepted, while connections are closed after their response
 * @param grace how long running requests may take after that
 */
public record ShutdownSettings(Duration drainDelay, Duration grace) {
    public static final ShutdownSettings DEFAULTS = new ShutdownSettings(Duration.ZERO, Duration.ofSeconds(30));
}
