package io.mediakeep.container.servlet;

import io.mediakeep.container.RequestBody;
import io.mediakeep.container.StallDetector;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** The body of a request to a servlet container (Servlet 6.0, section 3.7). */
final class ServletBody extends RequestBody implements ReadListener {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServletExchange exchange;
    private final AtomicInteger unhandled = new AtomicInteger();
    private volatile boolean allRead;

    ServletBody(ServletExchange exchange, StallDetector stalls) {
        super(stalls);
        this.exchange = exchange;
    }

    /** All of it is asked for; it comes when the request has been {@link #suspended}. */
    @Override
    public void request(long count) {
        // each piece is taken before the next is read
    }

    /** The request is asynchronous: from now on the body may come. */
    void suspended() {
        if (isWanted()) {
            await();
            try {
                exchange.request().getInputStream().setReadListener(this);
            } catch (IOException gone) {
                breakOff();
            }
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
     * Payara may call again as soon as it has said that it is not ready, while the call before still runs: then the thread of that
     * one goes on.
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
        if (!beginReading()) {
            return;
        }
        if (!allRead) { // then Payara refuses to be asked whether it is ready
            readWhileReady();
        }
        if (allRead) {
            complete();
        } else {
            await();
        }
    }

    private void readWhileReady() throws IOException {
        ServletInputStream input = exchange.request().getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (isWanted()
                && input.isReady()) { // isFinished() tells on Payara that all was received, not that it was read
            int read = input.read(buffer);
            if (read < 0) {
                complete();
            } else {
                next(ByteBuffer.wrap(buffer, 0, read));
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        breakOff();
    }

    @Override
    public void giveUp() {
        exchange.startAsync().start(this::refuseAsTooSlow);
    }
}
