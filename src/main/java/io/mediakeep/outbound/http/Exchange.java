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
 * A request under way, whose connection is cut at the deadline, when the head has not come in as long as the server may
 * be silent, and when the body comes too slowly. The time limits of a socket would not do: a server that sends a byte
 * now and then never exceeds them.
 */
final class Exchange {
    private final HttpGet message;
    private final Deadline deadline;
    private final MinimumRate rate;
    private final long headUntil;
    private final ScheduledExecutorService watchdog;
    private volatile boolean headCame;
    private volatile boolean ended;
    private volatile boolean late;
    private volatile Future<?> cut;

    /** Watches from now on. */
    Exchange(HttpGet message, OutboundRequest request, ScheduledExecutorService watchdog) {
        Duration silence = request.limits().idle();
        this.message = message;
        this.deadline = request.deadline();
        this.rate = new MinimumRate(silence);
        this.headUntil = System.nanoTime() + silence.toNanos();
        this.watchdog = watchdog;
        this.cut = later(this::look, left());
    }

    private Future<?> later(Runnable work, Duration time) {
        return watchdog.schedule(work, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Duration left() {
        long now = System.nanoTime();
        Duration step = headCame ? rate.left(now) : Duration.ofNanos(Math.max(0, headUntil - now));
        Duration all = deadline.left();
        return step.compareTo(all) < 0 ? step : all;
    }

    /** What is left of the patience grows while bytes come, so it is only looked at when it would have been over. */
    private void look() {
        Duration left = left();
        if (left.isZero()) {
            tooLate();
        } else if (!ended) {
            cut = later(this::look, left);
        }
    }

    private void tooLate() {
        late = true;
        message.cancel();
    }

    /** From now on it is the body that is waited for. */
    void headCame() {
        headCame = true;
        cut.cancel(false);
        cut = later(this::look, left());
    }

    /** Reads as {@link InputStream#read(byte[], int, int)} does, as long as the body comes fast enough. */
    int read(InputStream bytes, byte[] buffer, int offset, int length) throws OutboundException {
        int read = 0;
        rate.waits(System.nanoTime());
        try {
            read = bytes.read(buffer, offset, length);
            return read;
        } catch (IOException failure) {
            throw failedReading(failure);
        } finally {
            rate.came(Math.max(0, read), System.nanoTime());
        }
    }

    /** Cuts the connection after a short time, if that comes before the deadline. */
    void hurry(Duration time) {
        if (time.compareTo(deadline.left()) < 0) {
            cut.cancel(false);
            cut = later(this::tooLate, time);
        }
    }

    /** Ends it at once: what has not been read is not read, and a connection that can be used again is not touched. */
    void end() {
        ended = true;
        cut.cancel(false);
        message.cancel();
    }

    /** What it means that the network failed before the answer's head had come. */
    OutboundException failedAsking(TargetUrl target, IOException failure) {
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
    private OutboundException failedReading(IOException failure) {
        Kind kind = tooSlow(failure) ? Kind.TIMEOUT : Kind.BAD_ANSWER;
        return new OutboundException(kind, "the body: " + failure, failure);
    }

    private boolean tooSlow(IOException failure) {
        return late || deadline.passed() || failure instanceof SocketTimeoutException;
    }
}
