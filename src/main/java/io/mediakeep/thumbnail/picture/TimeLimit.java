package io.mediakeep.thumbnail.picture;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * The processor time that one drawing may take. The decoders know no such limit, so it is checked by the streams that
 * they read and by what takes their pixels. It belongs to the thread that made it.
 */
public final class TimeLimit {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** A clock is read each time so many bytes, pixels or the like were worked on: fractions of a millisecond. */
    private static final int UNITS_PER_LOOK = 50_000;

    private final Duration most;
    private long end;
    private int units;

    /** A limit that counts from now. */
    public TimeLimit(Duration most) {
        this.most = most;
        restart();
    }

    /** Counts anew: where the JVM does not measure processor time, what was waited for must not count. */
    public void restart() {
        end = now() + most.toNanos();
    }

    /**
     * Notes that work was done.
     *
     * @param done how much, in bytes, pixels or calls
     * @throws TimeLimitExceededException when the time is over
     */
    public void after(int done) {
        units += Math.min(done, UNITS_PER_LOOK);
        if (units >= UNITS_PER_LOOK) {
            units = 0;
            if (exceeded()) {
                throw new TimeLimitExceededException();
            }
        }
    }

    /** Whether the time is over. */
    public boolean exceeded() {
        return now() - end > 0;
    }

    /** Processor time of this thread in nanoseconds, where the JVM measures it. */
    private static long now() {
        boolean measured = THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
        return measured ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
