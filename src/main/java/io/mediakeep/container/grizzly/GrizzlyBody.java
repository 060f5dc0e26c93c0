package io.mediakeep.container.grizzly;

import io.mediakeep.container.StallDetector;
import io.mediakeep.container.Transfer;
import io.mediakeep.matrix.MatrixException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.http.io.InputBuffer;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.memory.ByteBufferArray;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to the embedded server. What has come is handed over at once; for the rest no thread waits. It
 * has one subscriber, which takes every piece before {@code onNext} returns, so that nothing is read from the socket
 * before it can be handed over.
 */
final class GrizzlyBody implements Flow.Publisher<ByteBuffer>, Flow.Subscription, ReadHandler, Transfer, Outlet.Waiter {
    private final Request request;
    private final Response response;
    private final Outlet outlet;
    private final StallDetector stalls;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private boolean suspended;
    private boolean acknowledged;
    private volatile boolean ended;
    private volatile long waitingSince = NOT_WAITING;

    GrizzlyBody(Request request, Response response, Outlet outlet, StallDetector stalls) {
        this.request = request;
        this.response = response;
        this.outlet = outlet;
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

    /** All of it is asked for, since each piece is taken before the next is read. */
    @Override
    public void request(long count) {
        read();
    }

    @Override
    public void cancel() {
        end();
    }

    /** The request is suspended: from now on the rest of the body may come on other threads. */
    void suspended() {
        suspended = true;
        if (subscriber != null && !ended) {
            read();
        }
    }

    @Override
    public void onDataAvailable() {
        read();
    }

    @Override
    public void onAllDataRead() {
        read();
    }

    @Override
    public void onError(Throwable failure) {
        fail(MatrixException.badRequest("The body broke off before its end"));
    }

    private void read() {
        waitingSince = NOT_WAITING;
        InputBuffer input = request.getInputBuffer();
        while (!ended) {
            if (input.readyData() > 0) {
                handOver(input.readBuffer());
            } else if (input.isFinished() || !request.getRequest().isExpectContent()) {
                end();
                subscriber().onComplete();
            } else {
                await(input);
                return;
            }
        }
    }

    private void await(InputBuffer input) {
        if (suspended) {
            acknowledge();
            waitingSince = System.nanoTime();
            stalls.add(this);
            input.notifyAvailable(this);
        }
    }

    /** {@code Expect: 100-continue} is answered when the body is really wanted (RFC 9110, section 10.1.1). */
    private void acknowledge() {
        try {
            if (request.requiresAcknowledgement() && !acknowledged) {
                acknowledged = true;
                response.setStatus(100);
                response.sendAcknowledgement();
                response.setStatus(200);
            }
        } catch (IOException gone) {
            onError(gone);
        }
    }

    private void handOver(Buffer buffer) {
        ByteBufferArray pieces = buffer.toByteBufferArray();
        try {
            ByteBuffer[] array = pieces.getArray();
            for (int piece = 0; piece < pieces.size() && !ended; piece++) {
                subscriber().onNext(array[piece]);
            }
        } finally {
            pieces.restore();
            pieces.recycle();
            buffer.tryDispose();
        }
    }

    private Flow.Subscriber<? super ByteBuffer> subscriber() {
        if (subscriber == null) {
            throw new IllegalStateException("nobody has subscribed");
        }
        return subscriber;
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

    @Override
    public long waitingSince() {
        return waitingSince;
    }

    @Override
    public void giveUp() {
        outlet.run(this);
    }

    /** Refuses the body on a thread that may answer. */
    @Override
    public void run() {
        fail(MatrixException.tooSlow());
    }

    @Override
    public void failed() {
        run();
    }
}
