package io.mediakeep.app;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;

/**
 * Closes connections on which the head of a request, its first line and its headers, takes too long: counted from its
 * first byte, or from the connection's beginning, so that a byte now and then does not buy more time (slowloris).
 */
final class HeadDeadline implements AddOn, AutoCloseable {
    private final Duration longest;
    private final ConcurrentMap<Connection<?>, Long> began = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "head-deadline");
        thread.setDaemon(true);
        return thread;
    });

    HeadDeadline(Duration longest) {
        this.longest = longest;
        long look = Math.max(1, longest.toMillis() / 10);
        Future<?> unused = timer.scheduleWithFixedDelay(this::closeTheLate, look, look, TimeUnit.MILLISECONDS);
    }

    @Override
    public void setup(NetworkListener listener, FilterChainBuilder builder) {
        int http = builder.indexOfType(HttpServerFilter.class);
        builder.add(http + 1, new Complete());
        builder.add(http, new Begun());
    }

    private void closeTheLate() {
        long now = System.nanoTime();
        began.forEach((connection, since) -> {
            if (now - since > longest.toNanos()) {
                began.remove(connection);
                connection.closeSilently();
            }
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Sees bytes before they are parsed. */
    private final class Begun extends BaseFilter {
        @Override
        public NextAction handleAccept(FilterChainContext context) {
            began.put(context.getConnection(), System.nanoTime());
            return context.getInvokeAction();
        }

        @Override
        public NextAction handleClose(FilterChainContext context) {
            began.remove(context.getConnection());
            return context.getInvokeAction();
        }
    }

    /** Sees what was parsed: the head is whole, and the body is somebody else's matter. */
    private final class Complete extends BaseFilter {
        @Override
        public NextAction handleRead(FilterChainContext context) {
            began.remove(context.getConnection());
            return context.getInvokeAction();
        }
    }
}
