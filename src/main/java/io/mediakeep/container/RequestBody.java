package io.mediakeep.container;

import io.mediakeep.matrix.MatrixException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, received without a thread that waits for it. It has one subscriber, which consumes every piece
 * before {@code onNext} returns, so that nothing is read from the socket before it can be passed on. It is either being
 * read by one thread, or waiting for its client; only a waiting one can time out.
 */
public abstract class RequestBody implements Flow.Publisher<ByteBuffer>, Flow.Subscription, Transfer {
    private enum State {
        READING,
        WAITING,
        ENDED
    }

    private final StallDetector stalls;
    private final AtomicReference<State> state = new AtomicReference<>(State.READING);
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private volatile long waitingSince = NOT_WAITING;
    private long received;

    /** A body that is monitored while it waits. */
    protected RequestBody(StallDetector stalls) {
        this.stalls = stalls;
    }

    @Override
    public final void subscribe(Flow.Subscriber<? super ByteBuffer> only) {
        if (subscriber != null) {
            throw new IllegalStateException("a body is read once");
        }
        subscriber = only;
        only.onSubscribe(this);
    }

    @Override
    public final void cancel() {
        end();
    }

    /** The number of bytes that were passed on. */
    final long received() {
        return received;
    }

    /** Whether it has a subscriber. */
    public final boolean isSubscribed() {
        return subscriber != null;
    }

    /** Whether it has a subscriber and has not ended. */
    protected final boolean isActive() {
        return subscriber != null && state.get() != State.ENDED;
    }

    /** Waits for the client from now on. To be called before more is requested from the container. */
    protected final void await() {
        if (state.compareAndSet(State.READING, State.WAITING)) {
            waitingSince = System.nanoTime();
            stalls.add(this);
        }
    }

    /** Begins to read received bytes; false when the body has ended, or another thread reads it. */
    protected final boolean beginReading() {
        boolean begun = state.compareAndSet(State.WAITING, State.READING);
        if (begun) {
            waitingSince = NOT_WAITING;
        }
        return begun;
    }

    /** Passes a piece on. */
    protected final void next(ByteBuffer piece) {
        received += piece.remaining();
        subscriber().onNext(piece);
    }

    /** All has been passed on. */
    protected final void complete() {
        if (end()) {
            subscriber().onComplete();
        }
    }

    /** The connection was closed, or the body is malformed. */
    protected final void fail() {
        if (end()) {
            subscriber().onError(MatrixException.badRequest("The body broke off before its end"));
        }
    }

    /** Rejects the body if it still waits; on a thread that may send the response. */
    protected final void rejectAsTooSlow() {
        if (state.compareAndSet(State.WAITING, State.ENDED)) {
            end();
            subscriber().onError(MatrixException.tooSlow());
        }
    }

    private boolean end() {
        waitingSince = NOT_WAITING;
        stalls.remove(this);
        return state.getAndSet(State.ENDED) != State.ENDED;
    }

    private Flow.Subscriber<? super ByteBuffer> subscriber() {
        if (subscriber == null) {
            throw new IllegalStateException("no subscriber");
        }
        return subscriber;
    }

    @Override
    public final long waitingSince() {
        return waitingSince;
    }
}
