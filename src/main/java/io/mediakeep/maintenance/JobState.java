package io.mediakeep.maintenance;

import java.time.Duration;

/**
 * How a periodic job is doing.
 *
 * @param name what it does
 * @param failures how many of its last runs failed in a row; 0 when the last one went well, or there was none
 * @param sinceSuccess how long ago a run last went well, or the job was added
 */
public record JobState(String name, int failures, Duration sinceSuccess) {

    /** Whether the last run failed. */
    public boolean failing() {
        return failures > 0;
    }
}
