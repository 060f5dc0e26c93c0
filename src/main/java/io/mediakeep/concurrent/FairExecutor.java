package io.mediakeep.concurrent;

import io.mediakeep.concurrent.ConcurrencyLimits.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Threads for work that blocks, in fair shares: no party (a caller, a site) has more than its share of the threads, and
 * who waits because of that keeps nobody else waiting. Waiting holds no thread.
 */
public final class FairExecutor implements AutoCloseable {
    /** How many tasks for each thread may wait or be at work. */
    static final int TASKS_PER_THREAD = 16;

    private final ExecutorService threads;
    private final ConcurrencyLimits running;
    private final ConcurrencyLimits admitted;
    private final List<Task> waiting = new ArrayList<>();
    private boolean closed;

    private record Task(List<String> parties, Runnable work) {}

    /**
     * Nothing runs yet.
     *
     * @param most how many tasks run at once; sixteen times as many are admitted
     * @param share how many of them for one party; sixteen times as many are admitted
     */
    public FairExecutor(String name, int most, int share) {
        this.threads = Workers.named(name, most);
        this.running = new ConcurrencyLimits(most, share);
        this.admitted = new ConcurrencyLimits(most * TASKS_PER_THREAD, share * TASKS_PER_THREAD);
    }

    /** Does the work when its turn has come; or never, when too much waits altogether or for one of the parties. */
    public Outcome execute(Collection<String> parties, Runnable work) {
        Task task = new Task(List.copyOf(parties), work);
        Outcome outcome = admitted.enter(task.parties());
        if (outcome == Outcome.TAKEN) {
            synchronized (waiting) {
                waiting.add(task);
            }
            startWaiting();
        }
        return outcome;
    }

    /** Starts what may run now, in the order in which it came. */
    private void startWaiting() {
        synchronized (waiting) {
            for (Iterator<Task> tasks = waiting.iterator(); !closed && tasks.hasNext(); ) {
                Task task = tasks.next();
                if (running.enter(task.parties()) == Outcome.TAKEN) {
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
            running.leave(task.parties());
            admitted.leave(task.parties());
            startWaiting();
        }
    }

    /** Interrupts what runs; what waits is not done any more. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
        }
        threads.shutdownNow();
    }
}
