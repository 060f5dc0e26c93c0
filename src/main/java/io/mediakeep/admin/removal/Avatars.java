package io.mediakeep.admin.removal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.matrix.JsonText;
import io.mediakeep.matrix.PercentEncoding;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaRow;
import io.mediakeep.outbound.http.OperatorClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which media is the avatar of its uploader, as the profile at the homeserver says (client-server API, {@code GET
 * /_matrix/client/v3/profile/{userId}/avatar_url}). It is requested without an access token, which a homeserver may reject.
 */
public final class Avatars implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Avatars.class);

    /** How many profiles are cached, and for how long; those that cannot be had, for less. */
    private static final int MAX_CACHED = 10_000;

    private static final Duration MAX_AGE = Duration.ofMinutes(10), FAILURE_AGE = Duration.ofMinutes(1);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Optional<URI> homeserver;
    private final OperatorClient client = new OperatorClient(TIMEOUT);
    private final Cache<UserId, Optional<String>> profiles = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(MAX_AGE)
            .build();
    private volatile long failedAt = System.nanoTime() - FAILURE_AGE.toNanos();

    /** Whether media is an avatar. */
    enum Result {
        YES,
        NO,
        UNKNOWN
    }

    /** @param homeserver without one, no image is known not to be an avatar */
    public Avatars(Optional<URI> homeserver) {
        this.homeserver = homeserver;
    }

    /** Only images that users have uploaded can be avatars. It may wait for the homeserver. */
    Result of(MediaRow row) {
        if (row.uploader().isEmpty() || !row.contentType().essence().startsWith("image/")) {
            return Result.NO;
        }
        Optional<Optional<String>> avatar = avatarOf(row.uploader().get());
        if (avatar.isEmpty()) {
            return Result.UNKNOWN;
        }
        return avatar.get().equals(Optional.of(row.mxc().toString())) ? Result.YES : Result.NO;
    }

    /** The avatar in a user's profile, if it has one; empty when that cannot be said. */
    private Optional<Optional<String>> avatarOf(UserId user) {
        Optional<Optional<String>> cached = Optional.ofNullable(profiles.getIfPresent(user));
        if (cached.isPresent() || homeserver.isEmpty() || System.nanoTime() - failedAt < FAILURE_AGE.toNanos()) {
            return cached;
        }
        try {
            Optional<String> avatar =
                    avatarIn(client.get(profile(homeserver.get(), user)).join());
            profiles.put(user, avatar);
            return Optional.of(avatar);
        } catch (CompletionException | IOException failure) {
            failedAt = System.nanoTime();
            log.warn("The homeserver does not say which media is an avatar; images are kept: {}", failure.getMessage());
            return Optional.empty();
        }
    }

    private static URI profile(URI homeserver, UserId user) {
        return URI.create(homeserver + "/_matrix/client/v3/profile/" + PercentEncoding.COMPONENT.encode(user.value())
                + "/avatar_url");
    }

    private static Optional<String> avatarIn(OperatorClient.Response response) throws IOException {
        return switch (response.status()) {
            case 200 ->
                Optional.of(JsonText.object(response.body().getBytes(StandardCharsets.UTF_8))
                                .getString("avatar_url", ""))
                        .filter(uri -> !uri.isEmpty());
            case 404 -> Optional.empty();
            default -> throw new IOException("the status of a profile is " + response.status());
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
