package io.mediakeep.config;

import java.time.Duration;

/**
 * How the embedded server stops.
 *
 * @param drainDelay how long it still takes new connections, while each answer ends its connection
 * @param grace how long requests that run then may take
 */
public record ShutdownSettings(Duration drainDelay, Duration grace) {
    public static final ShutdownSettings DEFAULTS = new ShutdownSettings(Duration.ZERO, Duration.ofSeconds(30));
}
