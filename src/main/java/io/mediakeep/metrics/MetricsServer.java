package io.mediakeep.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mediakeep.concurrent.DaemonThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code GET /metrics}, on the JDK's HTTP server, since a servlet container brings no Grizzly. Its threads,
 * queue, connections and times are bounded, and shared with nothing else, so that whoever reaches it can only disturb
 * the metrics.
 */
public final class MetricsServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsServer.class);
    private static final String PATH = "/metrics";
    private static final int MAX_THREADS = 2, MAX_QUEUED = 8, MAX_CONNECTIONS = 32, BACKLOG = 8;
    private static final Duration MAX_TIME = Duration.ofSeconds(10), KEEP_ALIVE = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404, METHOD_NOT_ALLOWED = 405, OK = 200, NO_BODY = -1;

    static {
        limit("jdk.httpserver.maxConnections", MAX_CONNECTIONS);
        limit("sun.net.httpserver.maxReqTime", MAX_TIME.toSeconds());
        limit("sun.net.httpserver.maxRspTime", MAX_TIME.toSeconds());
    }

    private final Metrics metrics;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /**
     * Starts to listen.
     *
     * @throws IOException when it cannot, for example because the port is in use
     */
    public MetricsServer(MetricsSettings.Address address, Metrics metrics) throws IOException {
        this.metrics = metrics;
        try {
            this.server = HttpServer.create(new InetSocketAddress(address.host(), address.port()), BACKLOG);
        } catch (IOException | IllegalArgumentException failure) {
            throw new IOException(
                    "cannot listen on " + address.host() + ":" + address.port() + " for metrics: "
                            + failure.getMessage(),
                    failure);
        }
        this.threads = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                KEEP_ALIVE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_QUEUED),
                new DaemonThreads("metrics")); // a rejected task closes its connection
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::respond);
        server.start();
    }

    /** The JDK's server has its limits from properties of the process, which an operator may have set. */
    private static void limit(String property, long value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, String.valueOf(value));
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
            } else {
                send(exchange, metrics.text());
            }
        } catch (RuntimeException | LinkageError fault) { // the JDK's server would only close the connection
            log.error("The metrics could not be served", fault);
        }
    }

    private static void send(HttpExchange exchange, byte[] text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", Metrics.CONTENT_TYPE);
        exchange.sendResponseHeaders(OK, text.length);
        exchange.getResponseBody().write(text);
    }

    /** The port on which it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
