package io.mediakeep.maintenance;

import io.mediakeep.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs periodic jobs until it is closed. Runs of one job do not overlap, and each job has its own thread, so that a
 * slow one does not delay others. A failed job runs again at its next time.
 */
public final class Schedule implements AutoCloseable {
    /** How long closing waits for running jobs. */
    private static final Duration MAX_STOP_WAIT = Duration.ofSeconds(5);

    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(0, new DaemonThreads("maintenance"));

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        /** Runs once. */
        void run() throws Exception;
    }

    /** Runs the work periodically, the first time after one period. */
    public void every(Duration period, String name, Work work) {
        Job job = new Job(name, work);
        jobs.add(job);
        timer.setCorePoolSize(jobs.size());
        Future<?> unused =
                timer.scheduleWithFixedDelay(job, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The states of the jobs, in the order in which they were added. */
    public List<JobState> states() {
        return jobs.stream().map(Job::state).toList();
    }

    /**
     * How the job of this name is doing.
     *
     * @throws IllegalArgumentException when there is none
     */
    public JobState state(String name) {
        return jobs.stream()
                .map(Job::state)
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    @Override
    public void close() {
        jobs.forEach(Job::close);
        timer.shutdown();
        try {
            if (!timer.awaitTermination(MAX_STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
