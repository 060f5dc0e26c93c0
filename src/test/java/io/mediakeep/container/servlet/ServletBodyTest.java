package io.mediakeep.container.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.container.StallDetector;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The body of a request as containers may provide it (Servlet 6.0, section 3.7). */
class ServletBodyTest {
    private final StallDetector stalls = new StallDetector();
    private final Received received = new Received();

    @AfterEach
    void close() {
        stalls.close();
    }

    /** The container has more data, or reaches the end, before the call in which it was not ready has returned. */
    @Test
    void aConcurrentListenerCallIsNotLost() throws Exception {
        for (List<String> pieces : List.of(List.<String>of(), List.of("meow"), List.of("me", "o", "w"))) {
            ReentrantInput input = new ReentrantInput(pieces);
            ServletBody body = body(input);
            body.subscribe(received.afresh());
            body.suspended();
            body.onDataAvailable();
            assertThat(received.text()).isEqualTo(String.join("", pieces));
            assertThat(received.complete).isTrue();
            assertThat(stalls.count()).isZero();
        }
    }

    private ServletBody body(ServletInputStream input) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getInputStream");
                    return input;
                });
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return new ServletBody(new ServletExchange(request, response), stalls);
    }

    /** An input that is not ready after each piece, and calls its listener for the next one within that call. */
    private static final class ReentrantInput extends ServletInputStream {
        private final Deque<String> pieces;
        private @Nullable ReadListener listener;
        private boolean ready;

        ReentrantInput(List<String> pieces) {
            this.pieces = new ArrayDeque<>(pieces);
        }

        @Override
        public boolean isReady() {
            if (!ready) {
                try {
                    ready = !pieces.isEmpty();
                    if (ready) {
                        listener().onDataAvailable();
                    } else {
                        listener().onAllDataRead();
                    }
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
                return false;
            }
            return true;
        }

        private ReadListener listener() {
            if (listener == null) {
                throw new IllegalStateException("nobody listens");
            }
            return listener;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            byte[] piece = pieces.remove().getBytes(StandardCharsets.UTF_8);
            System.arraycopy(piece, 0, buffer, offset, piece.length);
            ready = false;
            return piece.length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isFinished() {
            return pieces.isEmpty();
        }

        @Override
        public void setReadListener(ReadListener set) {
            listener = set;
        }
    }

    /** The body as a subscriber received it. */
    private static final class Received implements Flow.Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean complete;

        Received afresh() {
            bytes.reset();
            complete = false;
            return this;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }
}
