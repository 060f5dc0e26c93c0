package io.mediakeep.auth;

import io.mediakeep.matrix.UserId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How access tokens are checked: configured ones first, then by the homeserver, if one is configured. */
public record AuthSettings(Optional<URI> homeserverUrl, Duration cacheTtl, List<FixedToken> tokens) {
    public static final Duration DEFAULT_CACHE_TTL = Duration.ofSeconds(60);

    /** Copies the list. */
    public AuthSettings {
        tokens = List.copyOf(tokens);
    }

    /** A configured token and its user. Its text form does not contain the token. */
    public record FixedToken(String token, UserId user, boolean admin, boolean guest) {
        @Override
        public String toString() {
            return "FixedToken[" + user + ", admin=" + admin + ", guest=" + guest + "]";
        }
    }
}
