package io.mediakeep.app;

import io.mediakeep.app.http.ConnectionLimits;
import io.mediakeep.app.http.DrainLimits;
import io.mediakeep.app.http.ErrorPage;
import io.mediakeep.app.http.HttpConnections;
import io.mediakeep.app.http.HttpTimeouts;
import io.mediakeep.config.Config;
import io.mediakeep.config.ListenSettings;
import io.mediakeep.config.ShutdownSettings;
import io.mediakeep.container.JerseyApplication;
import io.mediakeep.container.StallDetector;
import io.mediakeep.container.grizzly.GrizzlyHandler;
import io.mediakeep.limits.TrustedProxies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.server.ResourceConfig;

/** The embedded HTTP server (Grizzly), with limits on everything that a client can make large, many or slow. */
final class EmbeddedServer implements AutoCloseable {
    /** What may wait in memory for one client to read it; more holds up its answer instead. */
    private static final int MOST_PENDING_BYTES = 128 * 1024;

    /** What waits in them is the disk and the database, never a client; as many uploads share a forced write. */
    private static final int MOST_THREADS = 64;

    /** Grizzly's objects, half of them for headers: 36 KiB of the heap were measured. */
    private static final int BYTES_OF_REQUEST = 40 * 1024;

    private static final int FIRST_THREADS = 8;
    private static final int MOST_HEADERS = 100;
    private static final int MOST_HEADER_BYTES = 16 * 1024;

    private static final Duration LONGEST_READ = Duration.ofSeconds(30);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(60);

    /** How long the answers to those who waited to the end may take to reach them. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private final HttpServer server = new HttpServer();
    private final NetworkListener listener;
    private final ShutdownSettings shutdown;
    private final ShutdownListener shutdownListener;
    private final HttpConnections connections;
    private final StallDetector stalls = new StallDetector();

    /** The server of an application, which is not started yet. */
    EmbeddedServer(Config config, ResourceConfig application, ShutdownListener shutdownListener) {
        this.shutdown = config.shutdown();
        this.shutdownListener = shutdownListener;
        ListenSettings listen = config.listen();
        TrustedProxies proxies = new TrustedProxies(config.trustedProxies());
        this.connections = new HttpConnections(
                new ConnectionLimits(listen, proxies),
                HttpTimeouts.DEFAULTS,
                DrainLimits.forUploads(config.uploads().maxSize()));
        this.listener = new Listener(listen);
        bound(listener);
        listener.registerAddOn(connections);
        server.getServerConfiguration().setJmxEnabled(false);
        server.getServerConfiguration().setPassTraceRequest(true); // it has no answer here but that of any wrong method
        server.getServerConfiguration().setHttpServerName("Mediakeep");
        server.getServerConfiguration().setDefaultErrorPageGenerator(new ErrorPage());
        GrizzlyHandler jersey = new GrizzlyHandler(new JerseyApplication(application, BYTES_OF_REQUEST), stalls);
        server.getServerConfiguration().addHttpHandler(new RequestEntryHandler(jersey, proxies), "/");
    }

    private static void bound(NetworkListener listener) {
        listener.setMaxPendingBytes(MOST_PENDING_BYTES);
        listener.setMaxRequestHeaders(MOST_HEADERS);
        listener.setMaxHttpHeaderSize(MOST_HEADER_BYTES);
        listener.getKeepAlive().setMaxRequestsCount(-1);
        listener.getFileCache().setEnabled(false);
        TCPNIOTransport transport = listener.getTransport();
        transport.setTcpNoDelay(true);
        transport.setReadTimeout(LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS);
        transport.setWriteTimeout(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
        transport.setWorkerThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                .setPoolName("http")
                .setCorePoolSize(FIRST_THREADS)
                .setMaxPoolSize(MOST_THREADS)
                .setQueueLimit(-1));
    }

    /**
     * Begins to listen.
     *
     * @throws IOException when it cannot, as when another server does
     */
    void start() throws IOException {
        server.start(); // before it listens: else Grizzly answers the first requests before it knows our handler
        try {
            server.addListener(listener);
        } catch (UncheckedIOException | UnresolvedAddressException refusal) {
            throw new IOException("cannot listen on " + url() + ": " + StartupFailure.describe(refusal));
        }
    }

    /** Where it listens. */
    URI url() {
        String host = listener.getHost().contains(":") ? "[" + listener.getHost() + "]" : listener.getHost();
        return URI.create("http://" + host + ":" + listener.getPort());
    }

    /** How many requests are being answered. */
    int running() {
        return connections.running();
    }

    /** Refuses new connections and finishes the requests that are running, within the limits of {@code shutdown}. */
    @Override
    public void close() {
        try {
            if (listener.isStarted()) {
                finish();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            connections.close();
            stalls.close();
            server.shutdownNow();
        }
    }

    private void finish() throws InterruptedException {
        shutdownListener.stopping();
        connections.endAfterAnswers();
        TimeUnit.NANOSECONDS.sleep(shutdown.drainDelay().toNanos());
        listener.getTransport().unbindAll();
        connections.awaitQuiet(shutdown.grace());
        shutdownListener.endWaiting();
        connections.awaitQuiet(LAST_ANSWERS);
    }

    /** One whose failure to start is not forgotten: a running server of Grizzly logs it and goes on. */
    private static final class Listener extends NetworkListener {
        Listener(ListenSettings listen) {
            super("http", listen.host(), listen.port());
        }

        @Override
        public synchronized void start() {
            try {
                super.start();
            } catch (IOException refusal) {
                throw new UncheckedIOException(refusal);
            }
        }
    }
}
