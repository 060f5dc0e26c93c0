package io.mediakeep.container.servlet;

import io.mediakeep.container.StallDetector;
import io.mediakeep.container.Transfer;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The body, or the rest of it, of a request whose response was sent without it. It is read and discarded, so that a
 * client that sends all of it before it reads will read the response (RFC 9112, section 9.6). Tomcat would do that on
 * one of its threads, for as long as the client takes, and close the connection after 2 MiB; this takes no thread, and
 * 30 s at most.
 */
final class DiscardedBody implements ReadListener, Transfer {
    private static final Duration MAX_DURATION = Duration.ofSeconds(30);
    private static final int BUFFER_BYTES = 16 * 1024;

    private final ServletExchange exchange;
    private final StallDetector stalls;
    private final Runnable ended;
    private final AtomicBoolean over = new AtomicBoolean();
    private final long since = System.nanoTime();

    /** @param ended run once when nothing more is read */
    DiscardedBody(ServletExchange exchange, StallDetector stalls, Runnable ended) {
        this.exchange = exchange;
        this.stalls = stalls;
        this.ended = ended;
    }

    /** Begins to read. */
    void begin(ServletBody body) {
        exchange.startAsync();
        stalls.add(this);
        try {
            body.readRest(this);
        } catch (IOException disconnected) {
            timeOut();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        ServletInputStream input = exchange.request().getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (!over.get() && input.isReady()) {
            if (input.read(buffer) < 0) {
                onAllDataRead();
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (end()) {
            exchange.complete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        onAllDataRead();
    }

    @Override
    public void timeOut() {
        if (end()) {
            exchange.abort();
        }
    }

    private boolean end() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            stalls.remove(this);
            ended.run();
        }
        return first;
    }

    @Override
    public long waitingSince() {
        return since;
    }

    @Override
    public Duration maxWait() {
        return MAX_DURATION;
    }
}
