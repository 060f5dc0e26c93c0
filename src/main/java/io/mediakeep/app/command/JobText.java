package io.mediakeep.app.command;

import io.mediakeep.jobs.Job;
import io.mediakeep.jobs.JobError;
import java.time.Duration;
import java.util.Locale;

/** Jobs in words, for a terminal. */
final class JobText {
    private static final double MIB = 1 << 20;

    private JobText() {}

    /** The progress on one line of less than 100 characters. */
    static String progress(Job job) {
        StringBuilder text = new StringBuilder(job.kind() + ": " + job.done());
        job.total().ifPresent(total -> text.append(" of ").append(total));
        double seconds = Duration.between(job.startedAt(), job.updatedAt()).toMillis() / 1000.0;
        if (seconds > 0) {
            text.append(String.format(
                    Locale.ROOT, ", %.0f/s, %.1f MiB/s", job.done() / seconds, job.bytes() / MIB / seconds));
        }
        if (job.errors() > 0) {
            text.append(", ").append(job.errors()).append(" errors");
        }
        job.remaining().ifPresent(left -> text.append(", ").append(time(left)).append(" left"));
        return text.toString();
    }

    /** How it ended. */
    static String result(Job job) {
        return String.format(
                Locale.ROOT,
                "%s: %s%s: %d items, %.1f MiB, %d errors, in %s",
                job.kind(),
                job.state().text(),
                job.failure().map(reason -> " (" + reason + ")").orElse(""),
                job.done(),
                job.bytes() / MIB,
                job.errors(),
                time(Duration.between(job.startedAt(), job.updatedAt())));
    }

    /** An error, with what it concerns. */
    static String error(JobError error) {
        return error.reason() + ": " + error.subject();
    }

    private static String time(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
