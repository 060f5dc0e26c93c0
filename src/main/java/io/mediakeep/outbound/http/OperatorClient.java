package io.mediakeep.outbound.http;

import io.mediakeep.concurrent.Workers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Talks to the servers that the operator named in the configuration. They may lie at any address; what they send is
 * bounded in size and time all the same, and a redirect of theirs is an answer, not an order.
 */
public final class OperatorClient implements AutoCloseable {
    /** How long a whole answer may take, unless said otherwise. */
    public static final Duration WHOLE_ANSWER = Duration.ofSeconds(10);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int THREADS = 4;

    private final Duration patience;
    private final ExecutorService executor = Workers.named("operator-client", THREADS);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY) // else http.proxyHost of the JVM would get to see tokens
            .executor(executor)
            .build();

    /** Waits for a whole answer as long as {@code patience}. */
    public OperatorClient(Duration patience) {
        this.patience = patience;
    }

    /** An answer: its status and its body, which is at most 64 KiB long. */
    public record Response(int status, String body) {}

    /**
     * GET with an access token; no thread waits. Fails with an {@link IOException} when there is no whole answer within
     * our patience, or it is longer than 64 KiB.
     */
    public CompletableFuture<Response> get(URI uri, String token) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(patience)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, head -> new BoundedBody(LONGEST_BODY));
        return answer.thenApply(OperatorClient::answer)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS) // the request's own ends with the head
                .whenComplete((whole, failure) -> answer.cancel(true))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(described(failure)));
    }

    private static Response answer(HttpResponse<byte[]> whole) {
        return new Response(whole.statusCode(), new String(whole.body(), StandardCharsets.UTF_8));
    }

    private IOException described(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapper ? wrapper.getCause() : failure;
        return cause instanceof TimeoutException
                ? new IOException("no whole answer within " + patience, cause)
                : new IOException(String.valueOf(cause), cause);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
