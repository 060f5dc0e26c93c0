package io.mediakeep.app.http;

import java.time.Duration;

/**
 * How long a connection may take, whether it is a fresh one or was used before.
 *
 * @param idle between requests, and before the first
 * @param head from the first byte of a head to its last, so that a byte now and then does not buy more time (slowloris)
 * @param linger from the end of our last answer to the client's own end
 */
public record HttpTimeouts(Duration idle, Duration head, Duration linger) {
    public static final HttpTimeouts DEFAULTS =
            new HttpTimeouts(Duration.ofSeconds(75), Duration.ofSeconds(30), Duration.ofSeconds(2));
}
