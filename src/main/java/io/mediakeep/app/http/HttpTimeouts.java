package io.mediakeep.app.http;

import java.time.Duration;

/**
 * The timeouts of a connection, new or reused.
 *
 * @param idle between requests, and before the first
 * @param head from the first byte of a head to its last, so that single bytes do not extend it (slowloris)
 * @param linger from the end of the last response to the end of the client's output
 */
public record HttpTimeouts(Duration idle, Duration head, Duration linger) {
    public static final HttpTimeouts DEFAULTS =
            new HttpTimeouts(Duration.ofSeconds(75), Duration.ofSeconds(30), Duration.ofSeconds(2));
}
