package io.mediakeep.concurrent;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A pool of daemon threads with a bounded queue, which counts rejected tasks. Idle threads end. */
public final class BoundedThreadPool extends ThreadPoolExecutor {
    private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

    private final LongAdder rejected = new LongAdder();

    /**
     * A pool without threads.
     *
     * @param name of the threads
     * @param maxThreads how many tasks run at once
     * @param maxQueued how many tasks wait; {@link #execute} throws {@link RejectedExecutionException} for more
     */
    public BoundedThreadPool(String name, int maxThreads, int maxQueued) {
        super(
                maxThreads,
                maxThreads,
                KEEP_ALIVE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(maxQueued),
                new DaemonThreads(name));
        allowCoreThreadTimeOut(true);
        setRejectedExecutionHandler((task, pool) -> reject());
    }

    private void reject() {
        rejected.increment();
        throw new RejectedExecutionException();
    }

    /** The state at this moment. */
    public PoolState state() {
        return new PoolState(getActiveCount(), getMaximumPoolSize(), getQueue().size(), rejected.sum());
    }
}
