package io.mediakeep.auth;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.UserId;
import io.mediakeep.outbound.OperatorClient;
import io.mediakeep.outbound.OperatorClient.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The homeserver whose users we serve: it says whom a token stands for (client-server API, {@code whoami}). */
final class Homeserver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Homeserver.class);
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    /** How many questions may be open at once; more are refused, so that a slow homeserver does not take all threads. */
    private static final int MOST_QUESTIONS = 64;

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final URI whoami;
    private final OperatorClient client;
    private final Semaphore questions = new Semaphore(MOST_QUESTIONS);

    Homeserver(URI url, OperatorClient client) {
        this.whoami = URI.create(url.toString().replaceFirst("/+$", "") + "/_matrix/client/v3/account/whoami");
        this.client = client;
    }

    /** Asks; an answer that is none is 503, never 401, since a 401 logs clients out. */
    Verdict ask(String token) {
        if (!questions.tryAcquire()) {
            throw unreachable();
        }
        try {
            return verdict(client.get(whoami, token));
        } catch (IOException | IllegalArgumentException nonsense) {
            log.warn("{} does not say who is calling: {}", whoami, nonsense.getMessage());
            throw unreachable();
        } finally {
            questions.release();
        }
    }

    private Verdict verdict(Answer answer) throws IOException {
        return switch (answer.status()) {
            case 200 -> new Verdict.Accepted(requester(object(answer)));
            case 401 ->
                new Verdict.Refused(MatrixException.unknownToken(object(answer).getBoolean("soft_logout", false)));
            case 403 -> new Verdict.Refused(MatrixException.forbidden("The homeserver does not permit this user"));
            default -> throw new IOException("it answered " + answer.status());
        };
    }

    private static Requester requester(JsonObject answer) throws IOException {
        String user = answer.getString("user_id", "");
        if (user.isEmpty()) {
            throw new IOException("it named no user");
        }
        return new Requester(new UserId(user), false, answer.getBoolean("is_guest", false));
    }

    /** The parser has an exception of its own for most nonsense, and any for the rest, as for what is nested too deeply. */
    private static JsonObject object(Answer answer) throws IOException {
        try (JsonReader reader = JSON.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        } catch (RuntimeException nonsense) {
            throw new IOException("it sent no JSON object", nonsense);
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
