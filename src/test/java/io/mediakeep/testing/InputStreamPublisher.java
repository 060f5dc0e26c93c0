package io.mediakeep.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Publishes the bytes of a stream, on the thread that requests them. */
public record InputStreamPublisher(InputStream stream) implements Flow.Publisher<ByteBuffer> {
    private static final int PIECE_BYTES = 1000;

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Flow.Subscription() {
            private boolean cancelled;

            @Override
            public void request(long count) {
                try {
                    byte[] piece = new byte[PIECE_BYTES];
                    for (int read = stream.read(piece); read > 0 && !cancelled; read = stream.read(piece)) {
                        subscriber.onNext(ByteBuffer.wrap(piece, 0, read));
                    }
                    subscriber.onComplete();
                } catch (IOException brokenOff) {
                    subscriber.onError(brokenOff);
                }
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
    }
}
