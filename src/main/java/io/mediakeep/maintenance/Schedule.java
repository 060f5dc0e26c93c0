package io.mediakeep.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs work again and again until it is closed. No work overlaps itself, and each has a thread of its own, so that slow
 * work delays no other. What fails runs again next time.
 */
public final class Schedule implements AutoCloseable {
    /** How long running work may take to end when the server stops. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(0, work -> {
        Thread thread = new Thread(work, "maintenance");
        thread.setDaemon(true);
        return thread;
    });

    /** Work that may fail. */
    @FunctionalInterface
    public interface Work {
        /** Does it once. */
        void run() throws Exception;
    }

    /** Runs the work every so often, the first time after one such pause. */
    public void every(Duration pause, String name, Work work) {
        Job job = new Job(name, work);
        jobs.add(job);
        timer.setCorePoolSize(jobs.size());
        Future<?> unused = timer.scheduleWithFixedDelay(job, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How the jobs are doing, in the order in which they were added. */
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
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
