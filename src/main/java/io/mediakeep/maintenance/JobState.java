package io.mediakeep.maintenance;

import java.time.Duration;

/**
 * The state of a periodic job.
 *
 * @param name what it does
 * @param failures the number of its last runs that failed in a row
 * @param sinceSuccess how long ago a run last went well, or the job was added
 */
public record JobState(String name, int failures, Duration sinceSuccess) {

    /** Whether the last run failed. */
    public boolean failing() {
        return failures > 0;
    }
}
