package io.mediakeep.container;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request whose response has ended.
 *
 * @param endpoint the name of the resource, one of a fixed set; {@code none} where there is no such path or method
 * @param requester the user or homeserver that was authenticated
 * @param begunAt when the head was received
 * @param status of the response
 * @param receivedBytes the part of the request body that was read
 * @param sentBytes the part of the response body that the connection has taken
 * @param complete whether that is all of the response
 */
public record CompletedRequest(
        JerseyApplication.Head head,
        String endpoint,
        Optional<String> requester,
        Instant begunAt,
        Duration duration,
        int status,
        long receivedBytes,
        long sentBytes,
        boolean complete) {}
