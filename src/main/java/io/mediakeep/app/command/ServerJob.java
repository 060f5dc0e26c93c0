package io.mediakeep.app.command;

import io.mediakeep.api.PageToken;
import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobState;
import io.mediakeep.matrix.JsonText;
import io.mediakeep.matrix.UserId;
import io.mediakeep.outbound.http.OperatorClient;
import io.mediakeep.outbound.http.OperatorClient.Response;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A job that a server runs, started and followed by its administration API. */
final class ServerJob implements FollowedJob {
    private static final String API = "/_mediakeep/admin/v1/";
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);

    /** Of 100 errors, of at most 1,600 characters each. */
    private static final int MAX_BODY_BYTES = 1 << 20;

    private final OperatorClient client = new OperatorClient(RESPONSE_TIMEOUT);
    private final String api;
    private final String token;
    private final String path;

    /**
     * Starts a job.
     *
     * @param server its URL
     * @param start the endpoint that starts it, below {@code /_mediakeep/admin/v1/}
     */
    ServerJob(URI server, String token, String start) throws IOException {
        this.api = server.toString().replaceFirst("/+$", "") + API;
        this.token = token;
        try {
            this.path = "jobs/"
                    + job(client.post(URI.create(api + start), token, MAX_BODY_BYTES))
                            .getString("id");
        } catch (IOException | RuntimeException failure) {
            client.close();
            throw failure;
        }
    }

    @Override
    public Job now() throws IOException {
        JsonObject json = job(get(path));
        return new Job(
                Long.parseLong(json.getString("id")),
                json.getString("kind"),
                json.getJsonObject("parameters").toString(),
                Optional.ofNullable(json.getString("administrator", null)).map(UserId::new),
                JobState.of(json.getString("state")),
                "",
                number(json, "done"),
                json.isNull("total") ? OptionalLong.empty() : OptionalLong.of(number(json, "total")),
                number(json, "bytes"),
                number(json, "error_count"),
                Optional.ofNullable(json.getString("failure", null)),
                Instant.ofEpochMilli(number(json, "started_ts")),
                Instant.ofEpochMilli(number(json, "updated_ts")));
    }

    @Override
    public List<JobError> errors(long from) throws IOException {
        return body(get(path + "/errors?limit=100&from=" + PageToken.of(List.of(String.valueOf(from)))))
                .getJsonArray("errors")
                .stream()
                .map(JsonValue::asJsonObject)
                .map(error -> new JobError(error.getString("subject"), error.getString("reason")))
                .toList();
    }

    @Override
    public String leave() {
        return "The server goes on with it; to cancel it: POST " + API + path + "/cancel";
    }

    private CompletableFuture<Response> get(String of) {
        return client.get(URI.create(api + of), token, MAX_BODY_BYTES);
    }

    private static JsonObject job(CompletableFuture<Response> response) throws IOException {
        return body(response).getJsonObject("job");
    }

    private static JsonObject body(CompletableFuture<Response> pending) throws IOException {
        Response response;
        try {
            response = pending.get();
        } catch (ExecutionException failure) {
            String reason = failure.getCause() instanceof IOException known ? known.getMessage() : failure.getMessage();
            throw new CommandException("the server does not respond: " + reason, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", interrupted);
        }
        if (response.status() / 100 != 2) {
            throw new CommandException(
                    "the server responds with " + response.status() + ": " + reason(response.body()));
        }
        return JsonText.object(response.body().getBytes(StandardCharsets.UTF_8));
    }

    /** The error of a Matrix response. */
    private static String reason(String body) {
        return JsonText.value(body)
                .filter(JsonObject.class::isInstance)
                .map(json -> json.asJsonObject().getString("error", ""))
                .orElse("");
    }

    private static long number(JsonObject json, String name) {
        return json.getJsonNumber(name).longValue();
    }

    @Override
    public void close() {
        client.close();
    }
}
