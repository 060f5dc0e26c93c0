package io.mediakeep.concurrent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of daemon threads that starts a thread only when all others are busy. The thread that became idle last
 * gets the next task, so that surplus threads end. The JDK has no such pool: a {@link
 * java.util.concurrent.ThreadPoolExecutor} with a queue starts a thread for each task up to its core size and then uses
 * all of them in turn; a {@link java.util.concurrent.ForkJoinPool} starts up to its parallelism whenever its threads
 * are slow to become idle, as on a busy machine, and ends them only when it is idle altogether.
 *
 * <p>Tasks that find all threads busy wait in a queue without a limit: callers bound their number.
 */
final class CachedThreadPool extends AbstractExecutorService {
    private final String name;
    private final int maxThreads;
    private final Duration keepAlive;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> workers = new HashSet<>();
    private int started;
    private boolean shutdown;

    /**
     * A pool without threads.
     *
     * @param maxThreads the maximum number of threads
     * @param keepAlive how long a thread is idle before it ends
     */
    CachedThreadPool(String name, int maxThreads, Duration keepAlive) {
        this.name = name;
        this.maxThreads = maxThreads;
        this.keepAlive = keepAlive;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException(name + " is shut down");
            } else if (!idle.isEmpty()) {
                idle.pop().assign(task);
            } else if (workers.size() < maxThreads) {
                start(task);
            } else {
                queue.add(task);
            }
        } finally {
            lock.unlock();
        }
    }

    private void start(Runnable first) {
        started++;
        Worker worker = new Worker(first);
        worker.start();
        workers.add(worker);
    }

    @Override
    public void shutdown() {
        lock.lock();
        try {
            shutdown = true;
            idle.forEach(worker -> worker.wakeUp.signal());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        lock.lock();
        try {
            shutdown();
            workers.forEach(Thread::interrupt);
            List<Runnable> notStarted = new ArrayList<>(queue);
            queue.clear();
            return notStarted;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isShutdown() {
        lock.lock();
        try {
            return shutdown;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isTerminated() {
        lock.lock();
        try {
            return shutdown && workers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        lock.lock();
        try {
            long left = unit.toNanos(timeout);
            while (!isTerminated() && left > 0) {
                left = ended.awaitNanos(left);
            }
            return isTerminated();
        } finally {
            lock.unlock();
        }
    }

    private final class Worker extends Thread {
        private final Condition wakeUp = lock.newCondition();
        private @Nullable Runnable assigned;

        Worker(Runnable first) {
            super(name + "-" + started);
            setDaemon(true);
            assigned = first;
        }

        void assign(Runnable task) {
            assigned = task;
            wakeUp.signal();
        }

        @Override
        public void run() {
            for (Runnable task = next(); task != null; task = next()) {
                try {
                    task.run();
                } catch (Throwable failure) {
                    getUncaughtExceptionHandler().uncaughtException(this, failure);
                }
            }
        }

        private @Nullable Runnable next() {
            lock.lock();
            try {
                Runnable task = assigned == null ? queue.poll() : assigned;
                if (task == null) {
                    idle.push(this);
                    task = awaitTask();
                }
                if (task == null) {
                    idle.remove(this);
                    workers.remove(this);
                    ended.signalAll();
                }
                assigned = null;
                return task;
            } finally {
                lock.unlock();
            }
        }

        private @Nullable Runnable awaitTask() {
            long left = keepAlive.toNanos();
            while (assigned == null && !shutdown && left > 0) {
                try {
                    left = wakeUp.awaitNanos(left);
                } catch (InterruptedException ofAnEarlierTask) {
                    // it was meant for the previous task
                }
            }
            return assigned;
        }
    }
}
