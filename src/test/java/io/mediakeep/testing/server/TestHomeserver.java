package io.mediakeep.testing.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mediakeep.matrix.PercentEncoding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The client API of a homeserver on loopback, with scripted responses, recording the requests. */
public final class TestHomeserver implements AutoCloseable {
    /** The path that returns the user of a token. */
    public static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    /** The start of the paths that return whether a user is an administrator. */
    public static final String ADMIN = "/_synapse/admin/v1/users/";

    private static final String UNKNOWN_TOKEN = "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Unrecognised token\"}";
    private static final String FORBIDDEN = "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"Not yours\"}";
    private static final String UNRECOGNIZED = "{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"Unrecognized request\"}";

    private final HttpServer http;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Map<String, Responder> responses = new ConcurrentHashMap<>();
    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final Map<String, String> impersonations = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Starts without users. */
    public TestHomeserver() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        http.createContext("/", this::response);
        http.setExecutor(executor);
        http.start();
        respondToWhoami();
    }

    /** Responds to a request. */
    @FunctionalInterface
    public interface Responder {
        /** Says it. */
        void to(HttpExchange exchange) throws IOException;
    }

    /** Adds the token of a user. */
    public TestHomeserver addUser(String token, String user) {
        users.put("Bearer " + token, "{\"user_id\":\"" + user + "\",\"device_id\":\"PHONE\"}");
        return this;
    }

    /** Adds the token of a guest. */
    public TestHomeserver addGuest(String token, String user) {
        users.put("Bearer " + token, "{\"user_id\":\"" + user + "\",\"is_guest\":true}");
        return this;
    }

    /** Adds the token of an administrator, as Synapse has them. */
    public TestHomeserver addAdmin(String token, String user) {
        String path = ADMIN + PercentEncoding.COMPONENT.encode(user) + "/admin";
        return addUser(token, user).respond(path, exchange -> {
            boolean own =
                    ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            json(own ? 200 : 403, own ? "{\"admin\":true}" : FORBIDDEN).to(exchange);
        });
    }

    /** Allows the token of an application service to act as a user (identity assertion). */
    public TestHomeserver addImpersonation(String token, String user) {
        impersonations.put("Bearer " + token + " " + user, "{\"user_id\":\"" + user + "\"}");
        return this;
    }

    /** Responds to whoami by the tokens added; the default. */
    public void respondToWhoami() {
        responses.put(WHOAMI, this::sendWhoami);
    }

    /** Sends the user of the token. */
    public void sendWhoami(HttpExchange exchange) throws IOException {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String asserted = exchange.getRequestURI().getQuery();
        String known = users.get(token);
        if (known == null) {
            json(401, UNKNOWN_TOKEN).to(exchange);
        } else if (asserted == null) {
            json(200, known).to(exchange);
        } else {
            String impersonation = impersonations.get(token + " " + asserted.replaceFirst("^user_id=", ""));
            json(impersonation == null ? 403 : 200, impersonation == null ? FORBIDDEN : impersonation)
                    .to(exchange);
        }
    }

    /** Responds to a path in this way from now on. */
    public TestHomeserver respond(String path, Responder response) {
        responses.put(path, response);
        return this;
    }

    /** A JSON response. */
    public static Responder json(int status, String body) {
        return exchange -> send(exchange, status, "application/json", body);
    }

    /** An HTML response, as of a proxy in front. */
    public static Responder html(int status) {
        return exchange -> send(exchange, status, "text/html", "<html><h1>Welcome</h1></html>");
    }

    /** The same response once the latch is open. */
    public static Responder delayed(CountDownLatch latch, Responder response) {
        return exchange -> {
            await(latch);
            response.to(exchange);
        };
    }

    /** A response whose body ends early, once the latch is open. */
    public static Responder truncated(CountDownLatch latch) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(latch);
        };
    }

    /** A body without end, until the client closes. */
    public static Responder endless() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] bytes = " ".repeat(8192).getBytes(StandardCharsets.UTF_8);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!Thread.currentThread().isInterrupted()) {
                    body.write(bytes);
                }
            }
        };
    }

    /** A redirect. */
    public static Responder redirect(URI elsewhere) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", elsewhere.toString());
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** The base URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** The number of requests for a path. */
    public int requestCount(String path) {
        return (int) requests.stream().filter(path::equals).count();
    }

    private void response(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(path);
        try (exchange) {
            responses.getOrDefault(path, json(404, UNRECOGNIZED)).to(exchange);
        }
    }

    private static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new IOException(closed);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        http.stop(0);
    }
}
