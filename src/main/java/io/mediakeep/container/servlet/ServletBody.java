package io.mediakeep.container.servlet;

import io.mediakeep.container.StallDetector;
import io.mediakeep.container.Transfer;
import io.mediakeep.matrix.MatrixException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to a servlet container, read without a thread that waits for it (Servlet 6.0, section 3.7). It
 * has one subscriber, which takes every piece before {@code onNext} returns.
 */
final class ServletBody implements Flow.Publisher<ByteBuffer>, Flow.Subscription, ReadListener, Transfer {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServletExchange exchange;
    private final StallDetector stalls;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private volatile boolean ended;
    private volatile long waitingSince = NOT_WAITING;

    ServletBody(ServletExchange exchange, StallDetector stalls) {
        this.exchange = exchange;
        this.stalls = stalls;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> only) {
        if (subscriber != null) {
            throw new IllegalStateException("a body is read once");
        }
        subscriber = only;
        only.onSubscribe(this);
    }

    /** All of it is asked for; it comes when the request has been {@link #suspended}. */
    @Override
    public void request(long count) {
        // each piece is taken before the next is read
    }

    @Override
    public void cancel() {
        end();
    }

    /** The request is asynchronous: from now on the body may come. */
    void suspended() {
        if (subscriber != null && !ended) {
            waitingSince = System.nanoTime();
            stalls.add(this);
            try {
                exchange.request().getInputStream().setReadListener(this);
            } catch (IOException gone) {
                onError(gone);
            }
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        waitingSince = NOT_WAITING;
        ServletInputStream input = exchange.request().getInputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (!ended && input.isReady()) { // isFinished() tells on Payara that all was received, not that it was read
            int read = input.read(buffer);
            if (read < 0) {
                onAllDataRead();
            } else {
                subscriber().onNext(ByteBuffer.wrap(buffer, 0, read));
            }
        }
        waitingSince = ended ? NOT_WAITING : System.nanoTime();
    }

    @Override
    public void onAllDataRead() {
        if (!ended) {
            end();
            subscriber().onComplete();
        }
    }

    @Override
    public void onError(Throwable failure) {
        fail(MatrixException.badRequest("The body broke off before its end"));
    }

    private void end() {
        ended = true;
        waitingSince = NOT_WAITING;
        stalls.remove(this);
    }

    private void fail(MatrixException failure) {
        if (!ended) {
            end();
            subscriber().onError(failure);
        }
    }

    private Flow.Subscriber<? super ByteBuffer> subscriber() {
        if (subscriber == null) {
            throw new IllegalStateException("nobody has subscribed");
        }
        return subscriber;
    }

    @Override
    public long waitingSince() {
        return waitingSince;
    }

    @Override
    public void giveUp() {
        exchange.startAsync().start(() -> fail(MatrixException.tooSlow()));
    }
}
