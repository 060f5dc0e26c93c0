package io.mediakeep.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is printed of a job, and the exit code. */
class JobFollowerTest {
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    /** A job that is always in one state. */
    private record Standing(JobState state, int errorCount) implements FollowedJob {
        @Override
        public Job now() {
            return new Job(
                    7,
                    "check",
                    "{}",
                    Optional.empty(),
                    state,
                    "",
                    50,
                    OptionalLong.of(200),
                    3 << 20,
                    errorCount,
                    state == JobState.FAILED ? Optional.of("no space") : Optional.empty(),
                    Instant.EPOCH,
                    Instant.EPOCH.plusSeconds(10));
        }

        @Override
        public List<JobError> errors(long from) {
            return IntStream.range((int) from, Math.min((int) from + 100, errorCount))
                    .mapToObj(number -> new JobError("blob " + number, "It is lost"))
                    .toList();
        }

        @Override
        public String leave() {
            return "It was cancelled.";
        }

        @Override
        public void close() {}
    }

    @Test
    void aJobWithoutErrorsIsDone() throws IOException {
        assertThat(follow(new Standing(JobState.DONE, 0))).isEqualTo(ExitCode.DONE);
        assertThat(output.toString()).isEmpty();
        assertThat(errors.toString()).isEqualToIgnoringNewLines("check: done: 50 items, 3.0 MiB, 0 errors, in 0:00:10");
    }

    @Test
    void allErrorsArePrinted() throws IOException {
        assertThat(follow(new Standing(JobState.DONE, 250))).isEqualTo(ExitCode.FOUND);
        assertThat(output.toString().lines())
                .hasSize(250)
                .startsWith("It is lost: blob 0")
                .doesNotHaveDuplicates();
    }

    @Test
    void aFailedJobHasItsReason() throws IOException {
        assertThat(follow(new Standing(JobState.FAILED, 1))).isEqualTo(ExitCode.FAILED);
        assertThat(errors.toString()).contains("check: failed (no space)");
    }

    @Test
    void aSignalLeavesTheJobAndWaitsForThat() throws Exception {
        StopSignal stop = StopSignal.install();
        CompletableFuture<Void> signal = CompletableFuture.runAsync(stop::receive);
        int code = new JobFollower(new PrintWriter(output, true), new PrintWriter(errors, true))
                .follow(new Standing(JobState.RUNNING, 0), stop);
        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(errors.toString()).contains("check: stopped. It was cancelled.");
        assertThat(signal).isNotDone();
        stop.close();
        signal.get(60, TimeUnit.SECONDS);
    }

    @Test
    void theProgressHasRateAndTimeLeft() {
        assertThat(JobText.progress(new Standing(JobState.RUNNING, 2).now()))
                .isEqualTo("check: 50 of 200, 5/s, 0.3 MiB/s, 2 errors, 0:00:30 left");
    }

    private int follow(FollowedJob job) throws IOException {
        try (StopSignal stop = StopSignal.install()) {
            return new JobFollower(new PrintWriter(output, true), new PrintWriter(errors, true)).follow(job, stop);
        }
    }
}
