package io.mediakeep.admin;

import io.mediakeep.auth.Credentials;
import io.mediakeep.auth.HomeserverRequests;
import io.mediakeep.concurrent.FairPermits;
import io.mediakeep.concurrent.FairPermits.Permit;
import io.mediakeep.matrix.JsonText;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.PercentEncoding;
import io.mediakeep.outbound.http.OperatorClient.Response;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media of rooms, which only the homeserver has, in the way of Synapse's admin API ({@code GET
 * /_synapse/admin/v1/room/{roomId}/media}).
 */
public final class RoomMedia {
    private static final Logger log = LoggerFactory.getLogger(RoomMedia.class);

    /** Enough for some 60,000 content URIs. */
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    /** How many lists are requested at once, since each is in memory. */
    private static final int MAX_REQUESTS = 4;

    private static final int MAX_ROOM_ID_LENGTH = 255;
    private static final int LOOP_DETECTED = 508;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final HomeserverRequests homeserver;
    private final FairPermits permits = new FairPermits(MAX_REQUESTS);

    /** The media of rooms of this homeserver. */
    public RoomMedia(HomeserverRequests homeserver) {
        this.homeserver = homeserver;
    }

    /** The media of a room: that of this homeserver and that of others, the newest first; duplicates are kept. */
    public record MediaOfRoom(List<Mxc> local, List<Mxc> remote) {

        /** All of it, each once. */
        public List<Mxc> distinct() {
            return Stream.concat(local.stream(), remote.stream()).distinct().toList();
        }
    }

    /**
     * The media of a room, without blocking.
     *
     * @param credentials an administrator's, which the homeserver issued
     * @throws MatrixException 400 when the room id is malformed, no homeserver is configured, or it did not issue the token.
     *     The future fails with 403 or 502 when the homeserver does not say, and with 503 when it cannot be reached
     */
    public CompletableFuture<MediaOfRoom> of(String roomId, Credentials credentials) {
        if (!roomId.startsWith("!") || roomId.length() > MAX_ROOM_ID_LENGTH) {
            throw MatrixException.invalidParam("roomId", "a room id");
        }
        Permit permit = permits.tryAcquire(credentials.token())
                .orElseThrow(() -> MatrixException.unavailable("Too many requests for media of rooms", RETRY_AFTER));
        try {
            return request(roomId, credentials).whenComplete((media, failure) -> permit.close());
        } catch (RuntimeException rejected) {
            permit.close();
            throw rejected;
        }
    }

    private CompletableFuture<MediaOfRoom> request(String roomId, Credentials credentials) {
        String path = "/_synapse/admin/v1/room/" + PercentEncoding.COMPONENT.encode(roomId) + "/media";
        return homeserver
                .get(path, credentials, MAX_BODY_BYTES)
                .orElseThrow(() -> MatrixException.badRequest("The media of a room is listed by the homeserver:"
                        + " auth.homeserver-url must be set, and the access token must be one of that homeserver"))
                .exceptionally(failure -> {
                    log.warn(
                            "The media of a room could not be requested from the homeserver: {}", failure.getMessage());
                    throw MatrixException.unavailable(
                            "The homeserver, which lists the media of rooms, cannot be reached", RETRY_AFTER);
                })
                .thenApply(RoomMedia::media);
    }

    private static MediaOfRoom media(Response response) {
        return switch (response.status()) {
            case 200 -> parsed(response.body());
            case 401, 403 ->
                throw MatrixException.forbidden("The homeserver does not permit you to list the media of a room");
            case LOOP_DETECTED ->
                throw MatrixException.badGateway("auth.homeserver-url leads back to this server for the media of rooms;"
                        + " it must be an address of the homeserver itself");
            default ->
                throw MatrixException.badGateway(
                        "The homeserver did not list the media of the room; its status is " + response.status());
        };
    }

    private static MediaOfRoom parsed(String body) {
        try {
            JsonObject media = JsonText.object(body.getBytes(StandardCharsets.UTF_8));
            return new MediaOfRoom(uris(media, "local"), uris(media, "remote"));
        } catch (IOException malformed) {
            throw MatrixException.badGateway("The homeserver's list of the media of a room is malformed");
        }
    }

    /** What is no content URI is omitted: events of rooms contain anything. */
    private static List<Mxc> uris(JsonObject media, String name) throws IOException {
        if (!(media.get(name) instanceof JsonArray list)) {
            throw new IOException("no list " + name);
        }
        return list.stream()
                .flatMap(entry -> entry instanceof JsonString text ? uri(text.getString()).stream() : Stream.empty())
                .toList();
    }

    private static Optional<Mxc> uri(String text) {
        try {
            return Optional.of(Mxc.parse(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
