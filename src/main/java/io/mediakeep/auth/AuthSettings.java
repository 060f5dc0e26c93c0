package io.mediakeep.auth;

import io.mediakeep.matrix.UserId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How access tokens are checked: fixed ones first, then those of a homeserver, if there is one. */
public record AuthSettings(Optional<URI> homeserverUrl, Duration cacheTtl, List<FixedToken> tokens) {
    public static final Duration DEFAULT_CACHE_TTL = Duration.ofSeconds(60);

    /** Keeps its own copy of the list. */
    public AuthSettings {
        tokens = List.copyOf(tokens);
    }

    /** A token of the configuration and whom it stands for. It does not print itself. */
    public record FixedToken(String token, UserId user, boolean admin, boolean guest) {
        @Override
        public String toString() {
            return "FixedToken[" + user + ", admin=" + admin + ", guest=" + guest + "]";
        }
    }
}
