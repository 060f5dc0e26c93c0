package io.mediakeep.container.servlet;

import io.mediakeep.container.StallDetector;
import io.mediakeep.container.Transfer;
import io.mediakeep.media.content.ByteSource;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a byte source through a servlet container, as it takes bytes (Servlet 6.0, section 5.7). */
final class ServletTransfer implements WriteListener, Transfer {
    private static final Logger log = LoggerFactory.getLogger(ServletTransfer.class);

    private final ByteSource source;
    private final ServletExchange exchange;
    private final ServletResponseWriter writer;
    private final StallDetector stalls;
    private final CloseLimit closes;
    private boolean flushed;
    private boolean over;
    private volatile long waitingSince = NOT_WAITING;

    ServletTransfer(
            ByteSource source,
            ServletExchange exchange,
            ServletResponseWriter writer,
            StallDetector stalls,
            CloseLimit closes) {
        this.source = source;
        this.exchange = exchange;
        this.writer = writer;
        this.stalls = stalls;
        this.closes = closes;
    }

    /** Begins; the container calls when it takes bytes. */
    void begin() throws IOException {
        exchange.startAsync();
        exchange.response().getOutputStream().setWriteListener(this);
    }

    @Override
    public synchronized void onWritePossible() {
        waitingSince = NOT_WAITING;
        try {
            sendWhileReady(exchange.response().getOutputStream());
        } catch (IOException | RuntimeException | Error failure) { // some threads are not the container's
            onError(failure);
        }
    }

    private void sendWhileReady(ServletOutputStream out) throws IOException {
        ServletOutputChannel channel = new ServletOutputChannel(out);
        while (!over && out.isReady()) {
            long available = source.available();
            if (available > 0) {
                source.sendTo(channel, available);
            } else if (!source.ended()) {
                source.whenAvailable(this::goOn);
                return;
            } else {
                flushOrEnd(out);
            }
        }
        if (!over) {
            waitingSince = System.nanoTime();
            stalls.add(this);
        }
    }

    /** Flushes before the end: Tomcat would do it when the response is complete, on a thread that waits for the client. */
    private void flushOrEnd(ServletOutputStream out) throws IOException {
        if (flushed) {
            over = true;
            stalls.remove(this);
            writer.end();
        } else {
            flushed = true;
            out.flush();
        }
    }

    private void goOn() {
        try {
            exchange.startAsync().start(this::onWritePossible);
        } catch (IllegalStateException over) {
            onError(over);
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        if (!over) {
            over = true;
            stalls.remove(this);
            log.debug("A response was aborted: {}", failure.getMessage());
            writer.abort();
        }
    }

    @Override
    public long waitingSince() {
        return waitingSince;
    }

    /** At the limit it is attempted again a second later. */
    @Override
    public synchronized void timeOut() {
        if (over) {
            return;
        }
        if (closes.tryAcquire()) {
            onError(new IOException("the client does not read"));
        } else {
            stalls.add(this);
        }
    }
}
