package io.mediakeep.app.http;

import io.mediakeep.concurrent.DaemonThreads;
import io.mediakeep.container.RequestIds;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.FileCacheFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.memory.HeapMemoryManager;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of all clients. Replaces Grizzly's HTTP filter, and enforces the timeouts. */
public final class HttpConnections implements AddOn, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpConnections.class);
    private static final Attribute<HttpConnection> CONNECTION =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("io.mediakeep.http-connection");

    /** The interval of checks whether all connections are idle. */
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(10);

    /** How often timeouts are checked within the shortest one. */
    private static final int CHECKS_PER_TIMEOUT = 10;

    /**
     * Disables the pooling of buffers. Grizzly's pool reuses the memory of a processed request while a pipelined
     * request behind it still uses it: responses were then parsed as requests.
     */
    private static final int NO_POOLING = 0;

    private final ConnectionLimits limits;
    private final HttpTimeouts timeouts;
    private final BodyDrains drains;
    private final RequestIds ids;
    private final AcceptProbe probe;
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile boolean ending;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("http-timeouts"));

    /**
     * Enforces these timeouts and limits.
     *
     * @param ids for responses to malformed requests
     */
    public HttpConnections(ConnectionLimits limits, HttpTimeouts timeouts, DrainLimits drainLimits, RequestIds ids) {
        this.limits = limits;
        this.timeouts = timeouts;
        this.drains = new BodyDrains(drainLimits);
        this.ids = ids;
        this.probe = new AcceptProbe(this, limits);
        long interval = Math.max(1, timeouts.linger().toMillis() / CHECKS_PER_TIMEOUT);
        Future<?> unused = timer.scheduleWithFixedDelay(this::enforceAll, interval, interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        listener.getTransport().setMemoryManager(new HeapMemoryManager(NO_POOLING));
        listener.getTransport().getConnectionMonitoringConfig().addProbes(probe);
        chain.remove(chain.indexOfType(IdleTimeoutFilter.class));
        chain.remove(chain.indexOfType(FileCacheFilter.class)); // it logs broken bodies with a stack trace
        chain.set(chain.indexOfType(HttpServerFilter.class), new StrictHttpFilter(listener, this));
    }

    /** Accepts a new connection, unless it exceeds a limit. */
    void accept(Connection<?> connection) {
        HttpConnection accepted = new HttpConnection(connection, timeouts);
        if (limits.tryAcquire(accepted.address())) {
            CONNECTION.set(connection, accepted);
            open.add(accepted);
        }
    }

    /** Whether it was accepted. */
    boolean isAccepted(Connection<?> connection) {
        return CONNECTION.get(connection) != null;
    }

    HttpConnection of(Connection<?> connection) {
        return CONNECTION.get(connection);
    }

    void closed(Connection<?> connection) {
        HttpConnection known = CONNECTION.get(connection);
        if (known != null && open.remove(known)) {
            limits.release(known.address());
            drains.remove(known);
        }
    }

    RequestIds ids() {
        return ids;
    }

    BodyDrains drains() {
        return drains;
    }

    /** Closes each connection after its next response, with {@code Connection: close}. */
    public void closeAfterResponses() {
        ending = true;
    }

    boolean ending() {
        return ending;
    }

    /** The number of running requests. */
    public int running() {
        return (int) open.stream()
                .filter(connection -> connection.is(HttpConnection.Phase.REQUEST))
                .count();
    }

    /** Waits until no connection has a request or response in progress, or until a timeout. */
    public void awaitIdle(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        do {
            TimeUnit.NANOSECONDS.sleep(
                    CHECK_INTERVAL.toNanos()); // first, since a connection accepted just now is not counted yet
        } while (open.stream().anyMatch(HttpConnection::isBusy) && System.nanoTime() - end < 0);
    }

    private void enforceAll() {
        open.forEach(connection -> catchingFailures(connection::enforce));
        catchingFailures(drains::checkAll);
        catchingFailures(probe::resume);
    }

    /** A failure of one connection affects neither the others nor the timer. */
    private void catchingFailures(Enforcement enforcement) {
        try {
            enforcement.run();
        } catch (Throwable failure) {
            if (failed.compareAndSet(false, true)) {
                log.error("The timeouts of a connection could not be enforced; this is logged once", failure);
            }
        }
    }

    /** A periodic check. */
    private interface Enforcement {
        void run() throws IOException;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
