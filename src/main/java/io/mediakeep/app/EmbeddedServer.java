package io.mediakeep.app;

import io.mediakeep.app.http.ConnectionLimits;
import io.mediakeep.app.http.DrainLimits;
import io.mediakeep.app.http.ErrorPage;
import io.mediakeep.app.http.HttpConnections;
import io.mediakeep.app.http.HttpTimeouts;
import io.mediakeep.app.http.TaskProbe;
import io.mediakeep.app.log.StartupFailure;
import io.mediakeep.concurrent.PoolState;
import io.mediakeep.config.Config;
import io.mediakeep.config.ListenSettings;
import io.mediakeep.container.JerseyApplication;
import io.mediakeep.container.RequestIds;
import io.mediakeep.container.StallDetector;
import io.mediakeep.container.grizzly.GrizzlyHandler;
import io.mediakeep.limits.TrustedProxies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/** The embedded HTTP server (Grizzly), with limits on everything that a client can make large, many or slow. */
final class EmbeddedServer implements AutoCloseable {
    /** How many bytes of responses are queued in memory for one client; when it does not read, writing is suspended. */
    private static final int MAX_PENDING_BYTES = 128 * 1024;

    /** They block on disk and database only, never on a client; as many uploads share one force of the disk. */
    private static final int MAX_THREADS = 64;

    /** Grizzly's objects, half of them for headers: 36 KiB of the heap were measured. */
    private static final int BYTES_OF_REQUEST = 40 * 1024;

    private static final int INITIAL_THREADS = 8;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(60);

    /** How long stopping waits for the responses of requests that were waiting until then. */
    private static final Duration LAST_RESPONSES = Duration.ofSeconds(5);

    private final HttpServer server = new HttpServer();
    private final NetworkListener listener;
    private final Config.Shutdown shutdown;
    private final ShutdownListener shutdownListener;
    private final HttpConnections connections;
    private final StallDetector stalls = new StallDetector();
    private final TaskProbe threads = new TaskProbe(MAX_THREADS);

    /** The server of an application, which is not started yet. */
    EmbeddedServer(Config config, MediakeepApplication application, ShutdownListener shutdownListener) {
        this.shutdown = config.shutdown();
        this.shutdownListener = shutdownListener;
        ListenSettings listen = config.listen();
        TrustedProxies proxies = new TrustedProxies(config.trustedProxies());
        RequestIds ids = new RequestIds(new SecureRandom());
        this.connections = new HttpConnections(
                new ConnectionLimits(listen, proxies),
                HttpTimeouts.DEFAULTS,
                DrainLimits.forUploads(config.uploads().maxSize()),
                ids);
        this.listener = new Listener(listen);
        setLimits(listener);
        listener.registerAddOn(connections);
        server.getServerConfiguration().setJmxEnabled(false);
        server.getServerConfiguration().setPassTraceRequest(true); // rejected like other methods
        server.getServerConfiguration().setHttpServerName("Mediakeep");
        server.getServerConfiguration().setDefaultErrorPageGenerator(new ErrorPage(ids));
        GrizzlyHandler jersey = new GrizzlyHandler(
                new JerseyApplication(application, application.listeners(), Clock.systemUTC(), BYTES_OF_REQUEST),
                stalls);
        server.getServerConfiguration().addHttpHandler(new RequestEntryHandler(jersey, proxies, ids), "/");
    }

    private void setLimits(NetworkListener listener) {
        listener.setMaxPendingBytes(MAX_PENDING_BYTES);
        listener.setMaxRequestHeaders(MAX_HEADERS);
        listener.setMaxHttpHeaderSize(MAX_HEADER_BYTES);
        listener.getKeepAlive().setMaxRequestsCount(-1);
        listener.getFileCache().setEnabled(false);
        TCPNIOTransport transport = listener.getTransport();
        transport.setTcpNoDelay(true);
        transport.setReadTimeout(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        transport.setWriteTimeout(WRITE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        ThreadPoolConfig pool = ThreadPoolConfig.defaultConfig()
                .setPoolName("http")
                .setCorePoolSize(INITIAL_THREADS)
                .setMaxPoolSize(MAX_THREADS)
                .setQueueLimit(-1);
        pool.getInitialMonitoringConfig().addProbes(threads);
        transport.setWorkerThreadPoolConfig(pool);
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when it cannot, for example because the port is in use
     */
    void start() throws IOException {
        server.start(); // before it listens: otherwise Grizzly responds to the first requests before the handler is
        // registered
        try {
            server.addListener(listener);
        } catch (UncheckedIOException | UnresolvedAddressException failure) {
            throw new IOException("cannot listen on " + url() + ": " + StartupFailure.describe(failure));
        }
    }

    /** The URL on which it listens. */
    URI url() {
        String host = listener.getHost().contains(":") ? "[" + listener.getHost() + "]" : listener.getHost();
        return URI.create("http://" + host + ":" + listener.getPort());
    }

    /** The state of the threads that run requests. */
    PoolState threads() {
        return threads.state();
    }

    /** The number of running requests. */
    int running() {
        return connections.running();
    }

    /** Closes the listening socket and completes running requests, within the limits of {@code shutdown}. */
    @Override
    public void close() {
        try {
            if (listener.isStarted()) {
                completeRequests();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            connections.close();
            stalls.close();
            server.shutdownNow();
        }
    }

    private void completeRequests() throws InterruptedException {
        shutdownListener.stopping();
        connections.closeAfterResponses();
        TimeUnit.NANOSECONDS.sleep(shutdown.drainDelay().toNanos());
        listener.getTransport().unbindAll();
        connections.awaitIdle(shutdown.grace());
        shutdownListener.endWaiting();
        connections.awaitIdle(LAST_RESPONSES);
    }

    /** A listener whose failure to start is reported: a running server of Grizzly logs it and continues. */
    private static final class Listener extends NetworkListener {
        Listener(ListenSettings listen) {
            super("http", listen.host(), listen.port());
        }

        @Override
        public synchronized void start() {
            try {
                super.start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
