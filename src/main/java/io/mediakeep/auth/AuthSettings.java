package io.mediakeep.auth;

import io.mediakeep.matrix.UserId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How access tokens are checked: configured ones first, then by the homeserver, if one is configured.
 *
 * @param admins administrators beside those of the homeserver
 */
public record AuthSettings(
        Optional<URI> homeserverUrl, Duration cacheTtl, List<FixedToken> tokens, List<UserId> admins) {
    public static final Duration DEFAULT_CACHE_TTL = Duration.ofSeconds(60);

    /** Copies the lists, and removes slashes from the end of the URL, to which paths are appended. */
    public AuthSettings {
        homeserverUrl = homeserverUrl.map(url -> URI.create(url.toString().replaceFirst("/+$", "")));
        tokens = List.copyOf(tokens);
        admins = List.copyOf(admins);
    }

    /** A configured token and its user. Its text form does not contain the token. */
    public record FixedToken(String token, UserId user, boolean admin, boolean guest) {
        @Override
        public String toString() {
            return "FixedToken[" + user + ", admin=" + admin + ", guest=" + guest + "]";
        }
    }
}
