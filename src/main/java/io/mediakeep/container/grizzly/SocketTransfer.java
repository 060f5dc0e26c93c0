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
 * Sends a byte source to a client. The socket is filled, then the thread returns to its pool; the next one continues
 * when the socket takes more. A client that does not read costs one queued kilobyte.
 */
final class SocketTransfer implements ConnectionOutput.Callback, Transfer {
    private static final Logger log = LoggerFactory.getLogger(SocketTransfer.class);

    /** What is queued to be notified when the socket takes more. */
    private static final int QUEUED_BYTES = 1024;

    /** What is sent to one client before the thread serves the next. */
    private static final long MAX_BYTES_PER_TURN = 4 << 20;

    private final ByteSource source;
    private final ConnectionOutput output;
    private final GrizzlyResponseWriter writer;
    private final StallDetector stalls;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long waitingSince = NOT_WAITING;

    SocketTransfer(ByteSource source, ConnectionOutput output, GrizzlyResponseWriter writer, StallDetector stalls) {
        this.source = source;
        this.output = output;
        this.writer = writer;
        this.stalls = stalls;
    }

    /** Begins, on the thread that has sent the head. */
    void begin() {
        if (output.isEmpty()) {
            run();
        } else {
            suspend();
            output.whenEmpty(this);
        }
    }

    @Override
    public void run() {
        waitingSince = NOT_WAITING;
        try {
            turn();
        } catch (IOException | MatrixException failure) {
            log.debug("A response was aborted: {}", failure.getMessage());
            failed();
        } catch (RuntimeException | Error fault) {
            log.error("A response was aborted", fault);
            failed();
        }
    }

    private void turn() throws IOException {
        long left = MAX_BYTES_PER_TURN;
        while (left > 0) {
            long available = source.available();
            if (available == 0) {
                endOrAwaitBytes();
                return;
            }
            long sent = source.sendTo(output.socket(), Math.min(left, available));
            if (sent == 0) {
                awaitSocket();
                return;
            }
            left -= sent;
        }
        suspend();
        output.run(this);
    }

    private void endOrAwaitBytes() {
        if (source.ended()) {
            if (over.compareAndSet(false, true)) {
                stalls.remove(this);
                writer.end();
            }
        } else {
            suspend();
            source.whenAvailable(() -> output.run(this));
        }
    }

    private void awaitSocket() throws IOException {
        suspend();
        BoundedChannel few = new BoundedChannel(QUEUED_BYTES);
        source.sendTo(few, QUEUED_BYTES);
        waitingSince = System.nanoTime();
        output.whenSent(few.taken(), this);
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
    public void timeOut() {
        output.terminate();
    }
}
