package io.mediakeep.auth;

import io.mediakeep.outbound.http.OperatorClient;
import io.mediakeep.outbound.http.OperatorClient.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Requests to the homeserver on behalf of a user, with the user's own access token. */
public final class HomeserverRequests implements AutoCloseable {
    /** The header that marks these requests (RFC 8586). */
    public static final String LOOP_HEADER = OperatorClient.LOOP_HEADER;

    /** Long lists take Synapse their time. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    private final Optional<URI> url;
    private final FixedTokens fixed;
    private final OperatorClient client = new OperatorClient(RESPONSE_TIMEOUT);

    /** Requests to the homeserver in the settings. */
    public HomeserverRequests(AuthSettings settings) {
        this.url = settings.homeserverUrl();
        this.fixed = new FixedTokens(settings.tokens());
    }

    /**
     * GET, without blocking. Fails with an {@link java.io.IOException} when there is no complete response within 60 s,
     * or it is too long.
     *
     * @param path with a query, if there is one
     * @return empty when no homeserver is configured, or the token is a configured one, which is not sent to it
     */
    public Optional<CompletableFuture<Response>> get(String path, Credentials credentials, int maxBodyBytes) {
        if (fixed.find(TokenHash.of(credentials.token())).isPresent()) {
            return Optional.empty();
        }
        return url.map(base -> client.get(URI.create(base + path), credentials.token(), maxBodyBytes));
    }

    /** Whether a request with this {@link #LOOP_HEADER} is one of these, which a proxy led back to this server. */
    public static boolean isOwn(@Nullable String loopHeader) {
        return loopHeader != null && loopHeader.contains(OperatorClient.LOOP_VALUE);
    }

    @Override
    public void close() {
        client.close();
    }
}
