package io.mediakeep.jobs;

import java.util.List;
import java.util.Locale;

/** The state of a job. */
public enum JobState {
    /** No node has begun it. */
    WAITING,
    /** A node has begun it; after a crash another node continues it. */
    RUNNING,
    /** All of it was tried. */
    DONE,
    /** It cannot go on. */
    FAILED,
    /** An administrator has cancelled it; what was done until then stays. */
    CANCELLED;

    /** The names of the states in which a job may still change. */
    static final List<String> UNFINISHED = List.of(WAITING.text(), RUNNING.text());

    /** Whether the job will not change any more. */
    public boolean isFinal() {
        return !UNFINISHED.contains(text());
    }

    /** The name in the table and in the API, in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with a name in the API. */
    public static JobState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
