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
 * The HTTP client for servers that the operator configured. They may have any address; their responses are bounded in
 * size and time all the same, and redirects are not followed.
 */
public final class OperatorClient implements AutoCloseable {
    /** The default timeout of a response. */
    public static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    /** Marks the requests of this client, so that one that a proxy leads back to this server is recognised (RFC 8586). */
    public static final String LOOP_HEADER = "CDN-Loop", LOOP_VALUE = "mediakeep";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int THREADS = 4;

    private final Duration timeout;
    private final ExecutorService executor = Workers.named("operator-client", THREADS);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY) // otherwise tokens would be sent to http.proxyHost of the JVM
            .executor(executor)
            .build();

    /** Limits the time of a response. */
    public OperatorClient(Duration timeout) {
        this.timeout = timeout;
    }

    /** A response: its status and its body. */
    public record Response(int status, String body) {}

    /**
     * GET with an access token, without blocking. Fails with an {@link IOException} when there is no complete response
     * in time, or it is longer than 64 KiB.
     */
    public CompletableFuture<Response> get(URI uri, String token) {
        return get(uri, token, MAX_BODY_BYTES);
    }

    /** As {@link #get(URI, String)}, without an access token. */
    public CompletableFuture<Response> get(URI uri) {
        return send(request(uri).build(), MAX_BODY_BYTES);
    }

    /** As {@link #get(URI, String)}, with another maximum of the body. */
    public CompletableFuture<Response> get(URI uri, String token, int maxBodyBytes) {
        return send(request(uri).header("Authorization", "Bearer " + token).build(), maxBodyBytes);
    }

    /** POST without a body; else as {@link #get(URI, String, int)}. */
    public CompletableFuture<Response> post(URI uri, String token, int maxBodyBytes) {
        HttpRequest.Builder request = request(uri).POST(HttpRequest.BodyPublishers.noBody());
        return send(request.header("Authorization", "Bearer " + token).build(), maxBodyBytes);
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/json")
                .header(LOOP_HEADER, LOOP_VALUE);
    }

    private CompletableFuture<Response> send(HttpRequest request, int maxBodyBytes) {
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, head -> new BoundedBody(maxBodyBytes));
        return response.thenApply(OperatorClient::response)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS) // the request's own timeout ends with the head
                .whenComplete((complete, failure) -> response.cancel(true))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(described(failure)));
    }

    private static Response response(HttpResponse<byte[]> complete) {
        return new Response(complete.statusCode(), new String(complete.body(), StandardCharsets.UTF_8));
    }

    private IOException described(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapper ? wrapper.getCause() : failure;
        return cause instanceof TimeoutException
                ? new IOException("no complete response within " + timeout, cause)
                : new IOException(String.valueOf(cause), cause);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
