package io.mediakeep.app;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ICloseType;
import org.glassfish.grizzly.http.server.AfterServiceListener;
import org.glassfish.grizzly.http.server.Request;

/**
 * The requests that are being answered, so that stopping can wait for them. Grizzly counts them too, but for ever those
 * whose client left while the answer was yet to come.
 */
final class RunningRequests {
    private int count;

    /** Counts a request until it is answered or its connection is closed. */
    synchronized void begins(Request request) {
        count++;
        Connection<?> connection = request.getRequest().getConnection();
        Running running = new Running(connection);
        request.addAfterServiceListener(running);
        connection.addCloseListener(running);
    }

    private synchronized void ended() {
        count--;
        if (count == 0) {
            notifyAll();
        }
    }

    /** How many there are. */
    synchronized int count() {
        return count;
    }

    /** Waits until there is none, or the time is over. */
    synchronized void awaitNone(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long left = longest.toNanos();
        while (count > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    /** One of them. */
    @SuppressWarnings("deprecation") // all that tells of a closed connection is deprecated, in favour of nothing
    private final class Running implements AfterServiceListener, CloseListener<Closeable, ICloseType> {
        private final Connection<?> connection;
        private final AtomicBoolean over = new AtomicBoolean();

        Running(Connection<?> connection) {
            this.connection = connection;
        }

        @Override
        public void onAfterService(Request request) {
            connection.removeCloseListener(this);
            end();
        }

        @Override
        public void onClosed(Closeable closed, ICloseType type) {
            end();
        }

        private void end() {
            if (over.compareAndSet(false, true)) {
                ended();
            }
        }
    }
}
