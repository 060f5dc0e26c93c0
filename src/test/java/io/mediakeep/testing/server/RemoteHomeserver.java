package io.mediakeep.testing.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.mediakeep.testing.TestKey;
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

/** The federation API of a homeserver over TLS, with scripted responses, recording the requests. */
public final class RemoteHomeserver implements AutoCloseable {
    /**
     * A request: address, SNI name, {@code Host} header, path and query.
     *
     * @param clientPort the port of the client; the same for requests on one connection
     */
    public record ReceivedRequest(
            String address, String sni, String host, String uri, Optional<String> authorization, int clientPort) {}

    /** Responds to a request. */
    public interface Responder {
        /** Writes the complete response. */
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "test-homeserver");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Responder> responses = new ConcurrentHashMap<>();
    private final List<ReceivedRequest> requests = Collections.synchronizedList(new ArrayList<>());

    private volatile Responder otherwise =
            exchange -> send(exchange, 404, "{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"no such path\"}");

    /** The port. */
    public RemoteHomeserver(String address, int port, SSLContext tls) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(address, port), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** A random loopback address, so that well-known ports are free there. */
    public static String ownAddress(RandomGenerator random) {
        return "127." + random.nextInt(1, 255) + "." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
    }

    /** The address on which it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Its server name without delegation: address and port. */
    public String name() {
        return server.getAddress().getAddress().getHostAddress() + ":" + port();
    }

    /** The URI of its media, under that name. */
    public String mxc(String mediaId) {
        return "mxc://" + name() + "/" + mediaId;
    }

    /** Responds to a path with 200 and JSON from now on. */
    public RemoteHomeserver respond(String path, String json) {
        return respond(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, 200, json);
        });
    }

    /** Responds to a path with a redirect from now on. */
    public RemoteHomeserver redirect(String path, String location) {
        return respond(path, exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            send(exchange, 307, "");
        });
    }

    /** Publishes a signing key of a homeserver with this name from now on. */
    public RemoteHomeserver publishKey(String serverName, TestKey key) {
        Instant end = Instant.now().plus(Duration.ofDays(1));
        return respond(
                "/_matrix/key/v2/server",
                TestKey.published(serverName, end, List.of(key)).toString());
    }

    /** Forwards all other requests to another server, as a reverse proxy. */
    public RemoteHomeserver forwardTo(URI server) {
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
        } catch (ConnectException rejected) {
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

    /** Responds to a path from now on; other paths get 404. */
    public RemoteHomeserver respond(String path, Responder response) {
        responses.put(path, response);
        return this;
    }

    /** Sends a text as the response. */
    public static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** All requests received. */
    public List<ReceivedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(request((HttpsExchange) exchange));
            Responder response = responses.get(exchange.getRequestURI().getPath());
            (response == null ? otherwise : response).to(exchange);
        }
    }

    private static ReceivedRequest request(HttpsExchange exchange) {
        ExtendedSSLSession session = (ExtendedSSLSession) exchange.getSSLSession();
        String sni = session.getRequestedServerNames().stream()
                .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                .findFirst()
                .orElse("");
        InetSocketAddress address = exchange.getLocalAddress();
        return new ReceivedRequest(
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
