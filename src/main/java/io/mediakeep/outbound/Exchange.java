package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/**
 * A request under way, whose connection is cut at the deadline. The time limits of a socket would not do: a server that
 * sends a byte now and then never exceeds them.
 */
final class Exchange {
    private final HttpGet request;
    private final Deadline deadline;
    private final ScheduledExecutorService watchdog;
    private volatile Future<?> cut;
    private volatile boolean late;

    /** Watches from now on. */
    Exchange(HttpGet request, Deadline deadline, ScheduledExecutorService watchdog) {
        this.request = request;
        this.deadline = deadline;
        this.watchdog = watchdog;
        this.cut = cutAfter(deadline.left());
    }

    private Future<?> cutAfter(Duration time) {
        return watchdog.schedule(this::tooLate, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Cuts the connection after a short time, if that comes before the deadline. */
    void hurry(Duration time) {
        if (time.compareTo(deadline.left()) < 0) {
            cut.cancel(false);
            cut = cutAfter(time);
        }
    }

    private void tooLate() {
        late = true;
        request.cancel();
    }

    /** Ends it at once: what has not been read is not read, and a connection that can be used again is not touched. */
    void end() {
        cut.cancel(false);
        request.cancel();
    }

    /** What it means that the network failed before the answer's head had come. */
    OutboundException failedAsking(Target target, IOException failure) {
        Kind kind = Kind.BAD_ANSWER;
        if (tooSlow(failure)) {
            kind = Kind.TIMEOUT;
        } else if (failure instanceof SSLException) {
            kind = Kind.TLS;
        } else if (failure instanceof SocketException) {
            kind = Kind.UNREACHABLE;
        }
        return new OutboundException(kind, target.uri() + ": " + failure, failure);
    }

    /** What it means that the network failed in the body: it is late, or it is not whole. */
    OutboundException failedReading(IOException failure) {
        Kind kind = tooSlow(failure) ? Kind.TIMEOUT : Kind.BAD_ANSWER;
        return new OutboundException(kind, "the body: " + failure, failure);
    }

    private boolean tooSlow(IOException failure) {
        return late || deadline.passed() || failure instanceof SocketTimeoutException;
    }
}
