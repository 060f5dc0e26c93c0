package io.mediakeep.container;

import io.mediakeep.matrix.MatrixException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, which comes without a thread that waits for it. It has one subscriber, which takes every piece
 * before {@code onNext} returns, so that nothing is read from the socket before it can be handed over. It is either being
 * read by one thread, or waiting for its client; only one that waits can be given up.
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

    /** A body that is watched while it waits. */
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

    /** Whether somebody has begun to read it. */
    public final boolean isSubscribed() {
        return subscriber != null;
    }

    /** Whether somebody reads it and it has not ended. */
    protected final boolean isWanted() {
        return subscriber != null && state.get() != State.ENDED;
    }

    /** Waits for the client from now on. To be called before the container is asked for more. */
    protected final void await() {
        if (state.compareAndSet(State.READING, State.WAITING)) {
            waitingSince = System.nanoTime();
            stalls.add(this);
        }
    }

    /** Begins to read what has come; answers false when the body has ended, or another thread reads it. */
    protected final boolean beginReading() {
        boolean begun = state.compareAndSet(State.WAITING, State.READING);
        if (begun) {
            waitingSince = NOT_WAITING;
        }
        return begun;
    }

    /** Hands a piece over. */
    protected final void next(ByteBuffer piece) {
        subscriber().onNext(piece);
    }

    /** All has been handed over. */
    protected final void complete() {
        if (end()) {
            subscriber().onComplete();
        }
    }

    /** The client left, or what it sends is no body. */
    protected final void breakOff() {
        if (end()) {
            subscriber().onError(MatrixException.badRequest("The body broke off before its end"));
        }
    }

    /** Refuses the body if it still waits; on a thread that may answer. */
    protected final void refuseAsTooSlow() {
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
            throw new IllegalStateException("nobody has subscribed");
        }
        return subscriber;
    }

    @Override
    public final long waitingSince() {
        return waitingSince;
    }
}
