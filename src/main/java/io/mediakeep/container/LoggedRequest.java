package io.mediakeep.container;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A request whose id is in the log lines of the threads that process it, as the field {@code request} of the MDC. */
record LoggedRequest(String id) {
    private static final String FIELD = "request";

    /** Runs a part of the processing on this thread. */
    void run(Runnable part) {
        @Nullable String outer = MDC.get(FIELD);
        MDC.put(FIELD, id);
        try {
            part.run();
        } finally {
            if (outer == null) {
                MDC.remove(FIELD);
            } else {
                MDC.put(FIELD, outer);
            }
        }
    }

    /** The same body, the end of which is processed with the id in the MDC. */
    Flow.Publisher<ByteBuffer> logged(Flow.Publisher<ByteBuffer> body) {
        return subscriber -> body.subscribe(new Subscriber(subscriber));
    }

    /** Calls the subscriber of a body. */
    private final class Subscriber implements Flow.Subscriber<ByteBuffer> {
        private final Flow.Subscriber<? super ByteBuffer> original;

        Subscriber(Flow.Subscriber<? super ByteBuffer> original) {
            this.original = original;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            original.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            original.onNext(piece);
        }

        @Override
        public void onError(Throwable failure) {
            original.onError(failure);
        }

        @Override
        public void onComplete() {
            run(original::onComplete);
        }
    }
}
