package io.mediakeep.container.servlet;

import io.mediakeep.container.RequestBody;
import io.mediakeep.container.StallDetector;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The body of a request to a servlet container (Servlet 6.0, section 3.7). */
final class ServletBody extends RequestBody implements ReadListener {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServletExchange exchange;
    private final AtomicInteger unhandled = new AtomicInteger();
    private volatile boolean listening;
    private volatile boolean allRead;
    private volatile boolean failed;
    private volatile @Nullable ReadListener rest;

    ServletBody(ServletExchange exchange, StallDetector stalls) {
        super(stalls);
        this.exchange = exchange;
    }

    /** Demand is unlimited; the body is received once the request has been {@link #suspended}. */
    @Override
    public void request(long count) {
        // each piece is consumed before the next is read
    }

    /** The request is asynchronous: from now on the body may be received. */
    void suspended() {
        if (isActive()) {
            await();
            try {
                listen();
            } catch (IOException disconnected) {
                fail();
            }
        }
    }

    private void listen() throws IOException {
        listening = true;
        exchange.request().getInputStream().setReadListener(this);
    }

    /** Whether more of it may be received. */
    boolean isUnfinished() {
        return !allRead && !failed;
    }

    /**
     * Passes the rest to another listener; a container takes one listener for a request, which may be this one already.
     */
    void readRest(ReadListener other) throws IOException {
        rest = other;
        if (listening) {
            proceed();
        } else {
            listen();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        proceed();
    }

    @Override
    public void onAllDataRead() throws IOException {
        allRead = true;
        proceed();
    }

    /**
     * Payara may call again as soon as {@code isReady()} has returned false, while the call before still runs: the
     * thread of that one then continues.
     */
    private void proceed() throws IOException {
        int calls = 1;
        if (unhandled.getAndAdd(calls) == 0) {
            while (calls > 0) {
                read();
                calls = unhandled.addAndGet(-calls);
            }
        }
    }

    private void read() throws IOException {
        ReadListener other = rest;
        if (other != null) {
            continueWith(other);
        } else if (beginReading()) {
            if (!allRead) { // isReady() throws on Payara after that
                readWhileReady();
            }
            if (allRead) {
                complete();
            } else {
                await();
            }
        }
    }

    private void continueWith(ReadListener other) throws IOException {
        if (allRead) {
            other.onAllDataRead();
        } else {
            other.onDataAvailable();
        }
    }

    private void readWhileReady() throws IOException {
        ServletInputStream input = exchange.request().getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (isActive() && !allRead && input.isReady()) { // on Payara isFinished() means received, not read
            int read = input.read(buffer);
            if (read < 0) {
                allRead = true;
            } else {
                next(ByteBuffer.wrap(buffer, 0, read));
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        failed = true;
        ReadListener other = rest;
        if (other == null) {
            fail();
        } else { // the body has ended, or was not read
            other.onError(failure);
        }
    }

    @Override
    public void timeOut() {
        exchange.startAsync().start(this::rejectAsTooSlow);
    }
}
