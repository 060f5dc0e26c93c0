package io.mediakeep.app.http;

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

/** The connections of all clients. It puts our filter in the place of Grizzly's, and watches over the time they take. */
public final class HttpConnections implements AddOn, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpConnections.class);
    private static final Attribute<HttpConnection> CONNECTION =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("io.mediakeep.http-connection");

    /** How often it is looked whether all have ended. */
    private static final Duration LOOK = Duration.ofMillis(10);

    /** How often time is looked at, for each second of the shortest timeout. */
    private static final int LOOKS = 10;

    /**
     * Buffers that are never used twice. Grizzly's pool gives out the memory of an answered request again while the
     * request behind it in the same packet still lies there: answers were then read as requests.
     */
    private static final int NOTHING_POOLED = 0;

    private final ConnectionLimits limits;
    private final HttpTimeouts timeouts;
    private final BodyDrains drains;
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile boolean ending;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "http-timeouts");
        thread.setDaemon(true);
        return thread;
    });

    /** Watches by these timeouts and limits. */
    public HttpConnections(ConnectionLimits limits, HttpTimeouts timeouts, DrainLimits drainLimits) {
        this.limits = limits;
        this.timeouts = timeouts;
        this.drains = new BodyDrains(drainLimits);
        long look = Math.max(1, timeouts.linger().toMillis() / LOOKS);
        Future<?> unused = timer.scheduleWithFixedDelay(this::enforceAll, look, look, TimeUnit.MILLISECONDS);
    }

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        listener.getTransport().setMemoryManager(new HeapMemoryManager(NOTHING_POOLED));
        chain.remove(chain.indexOfType(IdleTimeoutFilter.class));
        chain.remove(chain.indexOfType(FileCacheFilter.class)); // it logs broken bodies with a stack trace
        chain.set(chain.indexOfType(HttpServerFilter.class), new StrictHttpFilter(listener, this));
    }

    /** Takes a fresh connection in; answers false when it is one too many. */
    boolean accept(Connection<?> connection) {
        HttpConnection accepted = new HttpConnection(connection, timeouts);
        if (!limits.enter(accepted.address())) {
            return false;
        }
        CONNECTION.set(connection, accepted);
        open.add(accepted);
        return true;
    }

    HttpConnection of(Connection<?> connection) {
        return CONNECTION.get(connection);
    }

    void closed(Connection<?> connection) {
        HttpConnection known = CONNECTION.get(connection);
        if (known != null && open.remove(known)) {
            limits.leave(known.address());
            drains.remove(known);
        }
    }

    BodyDrains drains() {
        return drains;
    }

    /** Has every answer from now on end its connection, and say so ({@code Connection: close}). */
    public void endAfterAnswers() {
        ending = true;
    }

    boolean ending() {
        return ending;
    }

    /** How many requests are being answered. */
    public int running() {
        return (int) open.stream()
                .filter(connection -> connection.is(HttpConnection.Phase.REQUEST))
                .count();
    }

    /** Waits until no connection has a request or an answer on its way, or the time is over. */
    public void awaitQuiet(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        do {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos()); // first: what was accepted just now is not counted yet
        } while (open.stream().anyMatch(HttpConnection::isBusy) && System.nanoTime() - end < 0);
    }

    private void enforceAll() {
        open.forEach(connection -> surviving(connection::enforce));
        surviving(drains::checkAll);
    }

    /** One connection that fails stops neither the others nor the timer, whatever it throws. */
    private void surviving(Enforcement enforcement) {
        try {
            enforcement.run();
        } catch (Throwable fault) {
            if (failed.compareAndSet(false, true)) {
                log.error("The timeouts of a connection could not be enforced; this is logged once", fault);
            }
        }
    }

    /** What is done now and then. */
    private interface Enforcement {
        void run() throws IOException;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
