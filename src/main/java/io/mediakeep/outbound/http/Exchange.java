package io.mediakeep.outbound.http;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.TargetUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/**
 * A request in progress. Its connection is aborted at the deadline, when the response head is not received within the
 * idle timeout, and when the body is too slow. Socket timeouts do not suffice: a server that sends single bytes never
 * exceeds them.
 */
final class Exchange {
    private final HttpGet message;
    private final Deadline deadline;
    private final MinimumRate rate;
    private final long headDeadline;
    private final ScheduledExecutorService watchdog;
    private volatile boolean headReceived;
    private volatile boolean ended;
    private volatile boolean timedOut;
    private volatile Future<?> timeout;

    /** Starts the timeouts. */
    Exchange(HttpGet message, OutboundRequest request, ScheduledExecutorService watchdog) {
        Duration idleTimeout = request.limits().idle();
        this.message = message;
        this.deadline = request.deadline();
        this.rate = new MinimumRate(idleTimeout);
        this.headDeadline = System.nanoTime() + idleTimeout.toNanos();
        this.watchdog = watchdog;
        this.timeout = schedule(this::check, remaining());
    }

    private Future<?> schedule(Runnable work, Duration time) {
        return watchdog.schedule(work, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Duration remaining() {
        long now = System.nanoTime();
        Duration step = headReceived ? rate.remaining(now) : Duration.ofNanos(Math.max(0, headDeadline - now));
        Duration all = deadline.remaining();
        return step.compareTo(all) < 0 ? step : all;
    }

    /** The remaining time grows while bytes are received, so it is checked only when it may have run out. */
    private void check() {
        Duration remaining = remaining();
        if (remaining.isZero()) {
            abort();
        } else if (!ended) {
            timeout = schedule(this::check, remaining);
        }
    }

    private void abort() {
        timedOut = true;
        message.cancel();
    }

    /** Switches from the timeout of the head to those of the body. */
    void headReceived() {
        headReceived = true;
        timeout.cancel(false);
        timeout = schedule(this::check, remaining());
    }

    /** Reads as {@link InputStream#read(byte[], int, int)} does, as long as the body is fast enough. */
    int read(InputStream bytes, byte[] buffer, int offset, int length) throws OutboundException {
        int read = 0;
        rate.beginWait(System.nanoTime());
        try {
            read = bytes.read(buffer, offset, length);
            return read;
        } catch (IOException failure) {
            throw readFailed(failure);
        } finally {
            rate.endWait(Math.max(0, read), System.nanoTime());
        }
    }

    /** Aborts the connection after a time, if that is before the deadline. */
    void shortenDeadline(Duration time) {
        if (time.compareTo(deadline.remaining()) < 0) {
            timeout.cancel(false);
            timeout = schedule(this::abort, time);
        }
    }

    /** Ends the exchange: the rest of the body is not read, and a connection that can be reused is not closed. */
    void end() {
        ended = true;
        timeout.cancel(false);
        message.cancel();
    }

    /** The exception for a network failure before the response head. */
    OutboundException requestFailed(TargetUrl target, IOException failure) {
        Kind kind = Kind.BAD_RESPONSE;
        if (isTimeout(failure)) {
            kind = Kind.TIMEOUT;
        } else if (failure instanceof SSLException) {
            kind = Kind.TLS;
        } else if (failure instanceof SocketException) {
            kind = Kind.UNREACHABLE;
        }
        return new OutboundException(kind, target.uri() + ": " + failure, failure);
    }

    /** The exception for a network failure in the body: it is too slow, or incomplete. */
    private OutboundException readFailed(IOException failure) {
        Kind kind = isTimeout(failure) ? Kind.TIMEOUT : Kind.BAD_RESPONSE;
        return new OutboundException(kind, "the body: " + failure, failure);
    }

    private boolean isTimeout(IOException failure) {
        return timedOut || deadline.passed() || failure instanceof SocketTimeoutException;
    }
}
