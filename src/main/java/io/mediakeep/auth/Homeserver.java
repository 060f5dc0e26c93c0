package io.mediakeep.auth;

import io.mediakeep.matrix.JsonText;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.PercentEncoding;
import io.mediakeep.matrix.UserId;
import io.mediakeep.outbound.http.OperatorClient;
import io.mediakeep.outbound.http.OperatorClient.Response;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client of the homeserver that issues the access tokens (client-server API, {@code whoami}). */
final class Homeserver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Homeserver.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final URI whoami;
    private final OperatorClient client;

    Homeserver(URI url, OperatorClient client) {
        this.whoami = URI.create(url.toString().replaceFirst("/+$", "") + "/_matrix/client/v3/account/whoami");
        this.client = client;
    }

    /**
     * Checks a token without blocking; fails with 503 when there is no valid response, never with 401, which logs
     * clients out.
     */
    CompletableFuture<TokenCheckResult> check(TokenCheck question, String token) {
        return client.get(whoami(question.assertedUser()), token)
                .thenApply(response -> result(response, question.assertedUser()))
                .exceptionally(failure -> {
                    @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    log.warn(
                            "{} did not identify the user of a token: {}",
                            whoami,
                            cause == null ? failure : cause.getMessage());
                    throw unreachable();
                });
    }

    /** Application Service API, "Identity assertion". */
    private URI whoami(Optional<UserId> asserted) {
        return asserted.map(user -> URI.create(whoami + "?user_id=" + PercentEncoding.COMPONENT.encode(user.value())))
                .orElse(whoami);
    }

    private static TokenCheckResult result(Response response, Optional<UserId> asserted) {
        return switch (response.status()) {
            case 200 -> accepted(requester(object(response)), asserted);
            case 401 ->
                new TokenCheckResult.Rejected(
                        MatrixException.unknownToken(object(response).getBoolean("soft_logout", false)));
            case 403 ->
                new TokenCheckResult.Rejected(MatrixException.forbidden("The homeserver does not permit this user"));
            default -> throw new IllegalArgumentException("the status is " + response.status());
        };
    }

    /** A token of a regular user is valid for that user only, also when another one was asserted. */
    private static TokenCheckResult accepted(Requester requester, Optional<UserId> asserted) {
        return asserted.isEmpty() || asserted.get().equals(requester.user())
                ? new TokenCheckResult.Accepted(requester)
                : new TokenCheckResult.Rejected(
                        MatrixException.forbidden("This access token cannot act as another user"));
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
        return MatrixException.unavailable("The homeserver that confirms access tokens cannot be reached", RETRY_AFTER);
    }
}
