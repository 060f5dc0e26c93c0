package io.mediakeep.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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

/** A homeserver on loopback. It says what a test wants it to say, and remembers what it was asked. */
public final class TestHomeserver implements AutoCloseable {
    /** Where it says whom a token stands for. */
    public static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    private static final String UNKNOWN_TOKEN = "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Unrecognised token\"}";
    private static final String FORBIDDEN = "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"Not yours\"}";
    private static final String UNRECOGNIZED = "{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"Unrecognized request\"}";

    private final HttpServer http;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final Map<String, String> puppets = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();

    /** Begins to listen; knows nobody yet. */
    public TestHomeserver() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        http.createContext("/", this::answer);
        http.setExecutor(executor);
        http.start();
        confirmsTokens();
    }

    /** What it says to one request. */
    @FunctionalInterface
    public interface Answer {
        /** Says it. */
        void to(HttpExchange exchange) throws IOException;
    }

    /** Knows the token of a user from now on. */
    public TestHomeserver knows(String token, String user) {
        users.put("Bearer " + token, "{\"user_id\":\"" + user + "\",\"device_id\":\"PHONE\"}");
        return this;
    }

    /** Knows the token of a guest from now on. */
    public TestHomeserver knowsGuest(String token, String user) {
        users.put("Bearer " + token, "{\"user_id\":\"" + user + "\",\"is_guest\":true}");
        return this;
    }

    /** Lets the token of an application service act as a user from now on. */
    public TestHomeserver lets(String token, String user) {
        puppets.put("Bearer " + token + " " + user, "{\"user_id\":\"" + user + "\"}");
        return this;
    }

    /** Says whom tokens stand for, as it does unless told otherwise. */
    public void confirmsTokens() {
        answers.put(WHOAMI, this::confirm);
    }

    /** Says whom a token stands for. */
    public void confirm(HttpExchange exchange) throws IOException {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String asserted = exchange.getRequestURI().getQuery();
        String known = users.get(token);
        if (known == null) {
            json(401, UNKNOWN_TOKEN).to(exchange);
        } else if (asserted == null) {
            json(200, known).to(exchange);
        } else {
            String puppet = puppets.get(token + " " + asserted.replaceFirst("^user_id=", ""));
            json(puppet == null ? 403 : 200, puppet == null ? FORBIDDEN : puppet)
                    .to(exchange);
        }
    }

    /** Gives this answer to whoever asks for a path from now on. */
    public TestHomeserver says(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** An answer of JSON. */
    public static Answer json(int status, String body) {
        return exchange -> send(exchange, status, "application/json", body);
    }

    /** An answer of HTML, as of a proxy that stands before it. */
    public static Answer html(int status) {
        return exchange -> send(exchange, status, "text/html", "<html><h1>Welcome</h1></html>");
    }

    /** The same answer, but not before the latch is open. */
    public static Answer held(CountDownLatch latch, Answer answer) {
        return exchange -> {
            await(latch);
            answer.to(exchange);
        };
    }

    /** The head of an answer, and the end of its body not before the latch is open. */
    public static Answer brokenOff(CountDownLatch latch) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(latch);
        };
    }

    /** A body that ends when nobody reads it any more. */
    public static Answer endless() {
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

    /** The way to somewhere else. */
    public static Answer redirect(URI elsewhere) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", elsewhere.toString());
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** How often it was asked for a path. */
    public int asked(String path) {
        return (int) questions.stream().filter(path::equals).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        questions.add(path);
        try (exchange) {
            answers.getOrDefault(path, json(404, UNRECOGNIZED)).to(exchange);
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
