package io.mediakeep.concurrent;

import io.mediakeep.concurrent.ConcurrencyLimits.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;

/**
 * An executor for blocking tasks, with fair shares: no party (a caller, a site) has more than its share of the threads,
 * and tasks that wait for that reason delay no others. Waiting holds no thread.
 */
public final class FairExecutor implements AutoCloseable {
    /** The number of tasks per thread that may be queued or running. */
    static final int TASKS_PER_THREAD = 16;

    private final ExecutorService threads;
    private final int maxRunning;
    private final ConcurrencyLimits running;
    private final ConcurrencyLimits admitted;
    private final List<Task> waiting = new ArrayList<>();
    private final LongAdder rejected = new LongAdder();
    private boolean closed;

    private record Task(List<String> parties, Runnable work) {}

    /**
     * Without tasks.
     *
     * @param maxRunning how many tasks run at once; sixteen times as many are admitted
     * @param maxRunningOfParty how many of them for one party; sixteen times as many are admitted
     */
    public FairExecutor(String name, int maxRunning, int maxRunningOfParty) {
        this.threads = Workers.named(name, maxRunning);
        this.maxRunning = maxRunning;
        this.running = new ConcurrencyLimits(maxRunning, maxRunningOfParty);
        this.admitted = new ConcurrencyLimits(maxRunning * TASKS_PER_THREAD, maxRunningOfParty * TASKS_PER_THREAD);
    }

    /**
     * Runs the task as soon as the limits permit; rejects it when too many are admitted, in all or for one of the
     * parties.
     */
    public Outcome execute(Collection<String> parties, Runnable work) {
        Task task = new Task(List.copyOf(parties), work);
        Outcome outcome = admitted.tryAcquire(task.parties());
        if (outcome == Outcome.ACQUIRED) {
            synchronized (waiting) {
                waiting.add(task);
            }
            startWaiting();
        } else {
            rejected.increment();
        }
        return outcome;
    }

    /** The state at this moment. */
    public PoolState state() {
        synchronized (waiting) {
            return new PoolState(running.acquired(), maxRunning, waiting.size(), rejected.sum());
        }
    }

    /** Starts the waiting tasks that may run, in the order of their submission. */
    private void startWaiting() {
        synchronized (waiting) {
            for (Iterator<Task> tasks = waiting.iterator(); !closed && tasks.hasNext(); ) {
                Task task = tasks.next();
                if (running.tryAcquire(task.parties()) == Outcome.ACQUIRED) {
                    tasks.remove();
                    threads.execute(() -> run(task));
                }
            }
        }
    }

    private void run(Task task) {
        try {
            task.work().run();
        } finally {
            running.release(task.parties());
            admitted.release(task.parties());
            startWaiting();
        }
    }

    /** Interrupts running tasks; waiting ones are discarded. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
        }
        threads.shutdownNow();
    }
}
