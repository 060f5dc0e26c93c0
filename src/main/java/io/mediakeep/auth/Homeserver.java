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

/** The homeserver whose users we serve: it says whom a token stands for (client-server API, {@code whoami}). */
final class Homeserver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Homeserver.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final URI whoami;
    private final OperatorClient client;

    Homeserver(URI url, OperatorClient client) {
        this.whoami = URI.create(url.toString().replaceFirst("/+$", "") + "/_matrix/client/v3/account/whoami");
        this.client = client;
    }

    /** Asks; an answer that is none fails with 503, never 401, since a 401 logs clients out. No thread waits. */
    CompletableFuture<TokenCheckResult> ask(TokenCheck question, String token) {
        return client.get(whoami(question.assertedUser()), token)
                .thenApply(answer -> verdict(answer, question.assertedUser()))
                .exceptionally(failure -> {
                    @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    log.warn(
                            "{} does not say who is calling: {}", whoami, cause == null ? failure : cause.getMessage());
                    throw unreachable();
                });
    }

    /** Application Service API, "Identity assertion". */
    private URI whoami(Optional<UserId> asserted) {
        return asserted.map(user -> URI.create(whoami + "?user_id=" + PercentEncoding.COMPONENT.encode(user.value())))
                .orElse(whoami);
    }

    private static TokenCheckResult verdict(Response answer, Optional<UserId> asserted) {
        return switch (answer.status()) {
            case 200 -> accepted(requester(object(answer)), asserted);
            case 401 ->
                new TokenCheckResult.Refused(
                        MatrixException.unknownToken(object(answer).getBoolean("soft_logout", false)));
            case 403 ->
                new TokenCheckResult.Refused(MatrixException.forbidden("The homeserver does not permit this user"));
            default -> throw new IllegalArgumentException("it answered " + answer.status());
        };
    }

    /** A token that is not an application service's stands for its own user, whomever it was to act as. */
    private static TokenCheckResult accepted(Requester requester, Optional<UserId> asserted) {
        return asserted.isEmpty() || asserted.get().equals(requester.user())
                ? new TokenCheckResult.Accepted(requester)
                : new TokenCheckResult.Refused(
                        MatrixException.forbidden("This access token cannot act as another user"));
    }

    private static Requester requester(JsonObject answer) {
        String user = answer.getString("user_id", "");
        if (user.isEmpty()) {
            throw new IllegalArgumentException("it named no user");
        }
        return new Requester(new UserId(user), false, answer.getBoolean("is_guest", false));
    }

    private static JsonObject object(Response answer) {
        try {
            return JsonText.object(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (IOException malformed) {
            throw new IllegalArgumentException("it sent no JSON object", malformed);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static MatrixException unreachable() {
        return MatrixException.unavailable("The homeserver that confirms access tokens cannot be reached", TRY_AGAIN);
    }
}
