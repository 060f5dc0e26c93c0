package io.mediakeep.container.grizzly;

import io.mediakeep.container.BoundedChannel;
import io.mediakeep.container.StallDetector;
import io.mediakeep.container.Transfer;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.content.ByteSource;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending of a byte source to a client. The socket is filled, then the thread goes back to its pool; the next worker
 * goes on when the socket takes more. A client that does not read costs a queued kilobyte.
 */
final class SocketTransfer implements Outlet.Waiter, Transfer {
    private static final Logger log = LoggerFactory.getLogger(SocketTransfer.class);

    /** What is queued to learn when the socket takes more. */
    private static final int QUEUED_BYTES = 1024;

    /** What one client gets before the thread serves the next. */
    private static final long TURN_BYTES = 4 << 20;

    private final ByteSource source;
    private final Outlet outlet;
    private final GrizzlyResponseWriter writer;
    private final StallDetector stalls;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long waitingSince = NOT_WAITING;

    SocketTransfer(ByteSource source, Outlet outlet, GrizzlyResponseWriter writer, StallDetector stalls) {
        this.source = source;
        this.outlet = outlet;
        this.writer = writer;
        this.stalls = stalls;
    }

    /** Begins on the thread that has sent the head. */
    void begin() {
        if (outlet.isEmpty()) {
            run();
        } else {
            suspend();
            outlet.whenEmpty(this);
        }
    }

    @Override
    public void run() {
        waitingSince = NOT_WAITING;
        try {
            turn();
        } catch (IOException | MatrixException failure) {
            log.debug("An answer broke off: {}", failure.getMessage());
            failed();
        } catch (RuntimeException | Error fault) {
            log.error("An answer broke off", fault);
            failed();
        }
    }

    private void turn() throws IOException {
        long left = TURN_BYTES;
        while (left > 0) {
            long available = source.available();
            if (available == 0) {
                endOrAwaitBytes();
                return;
            }
            long sent = source.sendTo(outlet.socket(), Math.min(left, available));
            if (sent == 0) {
                awaitSocket();
                return;
            }
            left -= sent;
        }
        suspend();
        outlet.run(this);
    }

    private void endOrAwaitBytes() {
        if (source.ended()) {
            if (over.compareAndSet(false, true)) {
                stalls.remove(this);
                writer.end();
            }
        } else {
            suspend();
            source.whenAvailable(() -> outlet.run(this));
        }
    }

    private void awaitSocket() throws IOException {
        suspend();
        BoundedChannel few = new BoundedChannel(QUEUED_BYTES);
        source.sendTo(few, QUEUED_BYTES);
        waitingSince = System.nanoTime();
        outlet.whenSent(few.taken(), this);
    }

    private void suspend() {
        writer.suspend();
        stalls.add(this);
    }

    @Override
    public void failed() {
        if (over.compareAndSet(false, true)) {
            stalls.remove(this);
            writer.abort();
        }
    }

    @Override
    public long waitingSince() {
        return waitingSince;
    }

    @Override
    public void giveUp() {
        outlet.terminate();
    }
}
