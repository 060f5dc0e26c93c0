package io.mediakeep.app.http;

import io.mediakeep.concurrent.PoolState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.glassfish.grizzly.threadpool.AbstractThreadPool;
import org.glassfish.grizzly.threadpool.ThreadPoolProbe;

/** Counts the tasks of a thread pool of Grizzly, whose own counts are not public. Its queue has no limit. */
public final class TaskProbe extends ThreadPoolProbe.Adapter {
    private final int maxThreads;
    private final LongAdder queued = new LongAdder();

    /** Not a count, since Grizzly does not report that a task ended with an exception. */
    private final Set<Thread> active = ConcurrentHashMap.newKeySet();

    /** @param maxThreads of the pool */
    public TaskProbe(int maxThreads) {
        this.maxThreads = maxThreads;
    }

    @Override
    public void onTaskQueueEvent(AbstractThreadPool pool, Runnable task) {
        queued.increment();
    }

    @Override
    public void onTaskDequeueEvent(AbstractThreadPool pool, Runnable task) {
        queued.decrement();
        active.add(Thread.currentThread());
    }

    @Override
    public void onTaskCompleteEvent(AbstractThreadPool pool, Runnable task) {
        active.remove(Thread.currentThread());
    }

    @Override
    public void onThreadReleaseEvent(AbstractThreadPool pool, Thread thread) {
        active.remove(thread);
    }

    /** The state at this moment. */
    public PoolState state() {
        return new PoolState(active.size(), maxThreads, Math.max(0, queued.intValue()), 0);
    }
}
