package io.mediakeep.auth;

import io.mediakeep.matrix.JsonText;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.PercentEncoding;
import io.mediakeep.matrix.UserId;
import io.mediakeep.outbound.http.OperatorClient;
import io.mediakeep.outbound.http.OperatorClient.Response;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client of the homeserver that issues the access tokens. */
final class Homeserver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Homeserver.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final URI url;
    private final OperatorClient client;

    Homeserver(URI url, OperatorClient client) {
        this.url = url;
        this.client = client;
    }

    /**
     * The user of a token (client-server API, {@code whoami}), without blocking; fails with 503 when there is no valid
     * response, never with 401, which logs clients out.
     */
    CompletableFuture<TokenCheckResult> check(TokenCheck check, String token) {
        Optional<UserId> asserted = check.assertedUser();
        String query = asserted.map(user -> "?user_id=" + encoded(user)).orElse(""); // "Identity assertion"
        URI whoami = URI.create(url + "/_matrix/client/v3/account/whoami" + query);
        return request(whoami, token, response -> result(response, asserted));
    }

    /**
     * Whether the token is an administrator's, in the way of Synapse's admin API, which other homeservers do not have;
     * without blocking. Fails with 503 when there is no valid response.
     */
    CompletableFuture<TokenCheckResult> checkAdmin(TokenCheck check, String token) {
        UserId user = check.assertedUser().orElseThrow();
        URI admin = URI.create(url + "/_synapse/admin/v1/users/" + encoded(user) + "/admin");
        return request(admin, token, response -> adminResult(response, user));
    }

    private CompletableFuture<TokenCheckResult> request(
            URI uri, String token, Function<Response, TokenCheckResult> result) {
        return client.get(uri, token).thenApply(result).exceptionally(failure -> {
            @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            log.warn("No valid response about a token from {}: {}", uri, cause == null ? failure : cause.getMessage());
            throw unreachable();
        });
    }

    private static String encoded(UserId user) {
        return PercentEncoding.COMPONENT.encode(user.value());
    }

    private static TokenCheckResult result(Response response, Optional<UserId> asserted) {
        return switch (response.status()) {
            case 200 -> accepted(requester(object(response)), asserted);
            case 401 -> unknownToken(response);
            case 403 -> rejected("The homeserver does not permit this user");
            default -> throw new IllegalArgumentException("the status is " + response.status());
        };
    }

    /** Synapse responds with 403 to a user who is no administrator, and with 400 to one of another server. */
    private static TokenCheckResult adminResult(Response response, UserId user) {
        return switch (response.status()) {
            case 200 ->
                isAdmin(object(response))
                        ? new TokenCheckResult.Accepted(new Requester(user, true, false))
                        : rejected("You are not an administrator");
            case 401 -> unknownToken(response);
            case 400, 403 -> rejected("You are not an administrator");
            case 404, 405, 501 -> rejected("The homeserver cannot identify administrators; auth.admins can");
            default -> throw new IllegalArgumentException("the status is " + response.status());
        };
    }

    private static boolean isAdmin(JsonObject response) {
        if (!List.of(JsonValue.TRUE, JsonValue.FALSE).contains(response.get("admin"))) {
            throw new IllegalArgumentException("the response has no boolean 'admin'");
        }
        return response.getBoolean("admin");
    }

    private static TokenCheckResult unknownToken(Response response) {
        return new TokenCheckResult.Rejected(
                MatrixException.unknownToken(object(response).getBoolean("soft_logout", false)));
    }

    private static TokenCheckResult rejected(String reason) {
        return new TokenCheckResult.Rejected(MatrixException.forbidden(reason));
    }

    /** A token of a regular user is valid for that user only, also when another one was asserted. */
    private static TokenCheckResult accepted(Requester requester, Optional<UserId> asserted) {
        return asserted.isEmpty() || asserted.get().equals(requester.user())
                ? new TokenCheckResult.Accepted(requester)
                : rejected("This access token cannot act as another user");
    }

    private static Requester requester(JsonObject response) {
        String user = response.getString("user_id", "");
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the response has no user_id");
        }
        return new Requester(new UserId(user), false, response.getBoolean("is_guest", false));
    }

    private static JsonObject object(Response response) {
        try {
            return JsonText.object(response.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException malformed) {
            throw new IllegalArgumentException("the response is not a JSON object", malformed);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static MatrixException unreachable() {
        return MatrixException.unavailable("The homeserver that verifies access tokens cannot be reached", RETRY_AFTER);
    }
}
