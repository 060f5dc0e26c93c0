package io.mediakeep.app.command;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobState;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** Shows a job to its end: its errors on the standard output, its progress and result on the standard error output. */
final class JobFollower {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** As many errors of a job as are stored. */
    private static final int MAX_ERRORS = 10_000;

    private final PrintWriter out;
    private final PrintWriter err;
    private long printed;

    JobFollower(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Follows a job until it ends, or a signal stops the command.
     *
     * @return one of {@link ExitCode}: whether the job has errors, or did not end by itself
     */
    int follow(FollowedJob job, StopSignal stop) throws IOException {
        Job last = lastState(job, stop);
        if (!last.state().isFinal()) {
            err.println(last.kind() + ": stopped. " + job.leave());
            return ExitCode.FAILED;
        }
        err.println(JobText.result(last));
        if (last.state() != JobState.DONE) {
            return ExitCode.FAILED;
        }
        return last.errors() == 0 ? ExitCode.DONE : ExitCode.FOUND;
    }

    private Job lastState(FollowedJob job, StopSignal stop) throws IOException {
        try (ProgressLine line = ProgressLine.on(err)) {
            boolean stopped = false;
            Job now = job.now();
            printErrors(job, now);
            while (!now.state().isFinal() && !stopped) {
                line.show(JobText.progress(now));
                stopped = stop.await(PERIOD);
                now = job.now();
                printErrors(job, now);
            }
            return now;
        }
    }

    private void printErrors(FollowedJob job, Job now) throws IOException {
        while (printed < Math.min(now.errors(), MAX_ERRORS)) {
            List<JobError> errors = job.errors(printed);
            errors.forEach(error -> out.println(JobText.error(error)));
            printed += errors.size();
            if (errors.isEmpty()) {
                return;
            }
        }
    }
}
