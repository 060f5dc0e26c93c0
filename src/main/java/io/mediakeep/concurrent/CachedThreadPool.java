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
 * A bounded pool of daemon threads, which starts one only when all others are busy. Of idle ones the last to become idle gets
 * the next task, so that those beyond what is needed end. The JDK has none: a {@link
 * java.util.concurrent.ThreadPoolExecutor} with a queue starts a thread for each task up to its core size and then uses all of
 * them in turn; a {@link java.util.concurrent.ForkJoinPool} starts up to its parallelism whenever its threads are slow to
 * become idle, as on a busy machine, and ends them only when it is idle altogether.
 *
 * <p>Tasks that find all threads busy wait in a queue without a limit: whoever submits them bounds their number.
 */
final class CachedThreadPool extends AbstractExecutorService {
    private final String name;
    private final int most;
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
     * @param most how many threads there may be
     * @param keepAlive how long a thread is idle before it ends
     */
    CachedThreadPool(String name, int most, Duration keepAlive) {
        this.name = name;
        this.most = most;
        this.keepAlive = keepAlive;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException(name + " is shut down");
            } else if (!idle.isEmpty()) {
                idle.pop().give(task);
            } else if (workers.size() < most) {
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
            List<Runnable> never = new ArrayList<>(queue);
            queue.clear();
            return never;
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
        private @Nullable Runnable given;

        Worker(Runnable first) {
            super(name + "-" + started);
            setDaemon(true);
            given = first;
        }

        void give(Runnable task) {
            given = task;
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
                Runnable task = given == null ? queue.poll() : given;
                if (task == null) {
                    idle.push(this);
                    task = awaitTask();
                }
                if (task == null) {
                    idle.remove(this);
                    workers.remove(this);
                    ended.signalAll();
                }
                given = null;
                return task;
            } finally {
                lock.unlock();
            }
        }

        private @Nullable Runnable awaitTask() {
            long left = keepAlive.toNanos();
            while (given == null && !shutdown && left > 0) {
                try {
                    left = wakeUp.awaitNanos(left);
                } catch (InterruptedException ofAnEarlierTask) {
                    // it concerns nobody any more
                }
            }
            return given;
        }
    }
}
