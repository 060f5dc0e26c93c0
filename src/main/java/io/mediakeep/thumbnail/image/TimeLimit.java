package io.mediakeep.thumbnail.image;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * A limit on the processor time of the thread that created it. Decoders have no such limit, so it is checked by the
 * streams that they read and by the rasters that they write.
 */
public final class TimeLimit {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The clock is read after so many bytes, pixels or calls: fractions of a millisecond. */
    private static final int UNITS_PER_CHECK = 50_000;

    private final Duration max;
    private long end;
    private int units;

    /** A limit from now on. */
    public TimeLimit(Duration max) {
        this.max = max;
        restart();
    }

    /** Restarts the limit: where the JVM does not measure processor time, time spent waiting must not count. */
    public void restart() {
        end = now() + max.toNanos();
    }

    /**
     * Counts work that was done.
     *
     * @param done in bytes, pixels or calls
     * @throws TimeLimitExceededException when the time is used up
     */
    public void after(int done) {
        units += Math.min(done, UNITS_PER_CHECK);
        if (units >= UNITS_PER_CHECK) {
            units = 0;
            if (exceeded()) {
                throw new TimeLimitExceededException();
            }
        }
    }

    /** Whether the time is used up. */
    public boolean exceeded() {
        return now() - end > 0;
    }

    /** Processor time of this thread in nanoseconds, where the JVM measures it. */
    private static long now() {
        boolean measured = THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
        return measured ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
