package io.mediakeep.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;

/** What others see of a homeserver, played by a test: it answers over TLS as it is told to, and notes who asked how. */
public final class RemoteHomeserver implements AutoCloseable {
    /**
     * How a request came: the address, what the TLS client called us, the {@code Host} header, path and query.
     *
     * @param clientPort the port of the client, which is the same for requests on one connection
     */
    public record Call(
            String address, String sni, String host, String uri, Optional<String> authorization, int clientPort) {}

    /** Answers a request. */
    public interface Answer {
        /** Writes the whole answer. */
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "test-homeserver");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    private volatile Answer otherwise =
            exchange -> send(exchange, 404, "{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"no such path\"}");

    /** Starts at an address of this host; port 0 is any. */
    public RemoteHomeserver(String address, int port, SSLContext tls) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(address, port), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** An address of this host that no other test is likely to use, so that well-known ports are free there. */
    public static String ownAddress(RandomGenerator random) {
        return "127." + random.nextInt(1, 255) + "." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The name it has when nobody gives it another: address and port. */
    public String name() {
        return server.getAddress().getAddress().getHostAddress() + ":" + port();
    }

    /** The URI of its media, under that name. */
    public String mxc(String mediaId) {
        return "mxc://" + name() + "/" + mediaId;
    }

    /** Answers a path with 200 and JSON from now on. */
    public RemoteHomeserver says(String path, String json) {
        return answers(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, 200, json);
        });
    }

    /** Answers a path with a redirect from now on. */
    public RemoteHomeserver redirects(String path, String location) {
        return answers(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            send(exchange, 307, "");
        });
    }

    /** Publishes a signing key from now on, as that of a homeserver with this name. */
    public RemoteHomeserver publishes(String serverName, TestKey key) {
        Instant end = Instant.now().plus(Duration.ofDays(1));
        return says(
                "/_matrix/key/v2/server",
                TestKey.published(serverName, end, List.of(key)).toString());
    }

    /** Hands all that it has no answer for to another server, as the proxy before a homeserver does. */
    public RemoteHomeserver forwardsTo(URI server) {
        otherwise = exchange -> forward(exchange, server);
        return this;
    }

    private static void forward(HttpExchange exchange, URI server) throws IOException {
        HttpURLConnection behind = (HttpURLConnection)
                URI.create(server + exchange.getRequestURI().toString()).toURL().openConnection();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization != null) {
            behind.setRequestProperty("Authorization", authorization);
        }
        int status;
        try {
            status = behind.getResponseCode();
        } catch (ConnectException nobody) {
            send(exchange, 502, "<html>Bad gateway");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", behind.getContentType());
        exchange.sendResponseHeaders(status, Math.max(0, behind.getContentLengthLong())); // 0 is chunked
        try (InputStream in = status < 400 ? behind.getInputStream() : behind.getErrorStream();
                OutputStream out = exchange.getResponseBody()) {
            in.transferTo(out);
        }
    }

    /** Answers a path from now on; what has no answer is 404. */
    public RemoteHomeserver answers(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** Sends a text as the answer. */
    public static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** All requests until now. */
    public List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.add(call((HttpsExchange) exchange));
            Answer answer = answers.get(exchange.getRequestURI().getPath());
            (answer == null ? otherwise : answer).to(exchange);
        }
    }

    private static Call call(HttpsExchange exchange) {
        ExtendedSSLSession session = (ExtendedSSLSession) exchange.getSSLSession();
        String sni = session.getRequestedServerNames().stream()
                .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                .findFirst()
                .orElse("");
        InetSocketAddress address = exchange.getLocalAddress();
        return new Call(
                address.getAddress().getHostAddress() + ":" + address.getPort(),
                sni,
                String.valueOf(exchange.getRequestHeaders().getFirst("Host")),
                exchange.getRequestURI().toString(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                exchange.getRemoteAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
