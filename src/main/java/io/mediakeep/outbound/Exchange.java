package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/**
 * A request under way, whose connection is cut at the deadline. The time limits of a socket would not do: a server that
 * sends a byte now and then never exceeds them.
 */
final class Exchange {
    private final HttpGet request;
    private final Deadline deadline;
    private final Future<?> cut;
    private volatile boolean late;

    /** Watches from now on. */
    Exchange(HttpGet request, Deadline deadline, ScheduledExecutorService watchdog) {
        this.request = request;
        this.deadline = deadline;
        this.cut = watchdog.schedule(this::tooLate, deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tooLate() {
        late = true;
        request.cancel();
    }

    /** Whether the deadline came before the end. */
    boolean late() {
        return late || deadline.passed();
    }

    /** Ends it at once: what has not been read is not read, and a connection that could be used again is not touched. */
    void end() {
        cut.cancel(false);
        request.cancel();
    }
}
