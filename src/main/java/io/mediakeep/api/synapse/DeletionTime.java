package io.mediakeep.api.synapse;

import io.mediakeep.api.Parameters;
import io.mediakeep.matrix.MatrixException;
import java.time.Instant;

/** The parameter {@code before_ts} of deletions, as Synapse checks it. */
final class DeletionTime {
    /** An earlier time is one in seconds by mistake. */
    private static final long EARLIEST = 30_000_000_000L;

    private DeletionTime() {}

    /**
     * The time.
     *
     * @throws MatrixException 400 when it is missing, no number of milliseconds, or in the year 1970
     */
    static Instant of(Parameters parameters) {
        long time = parameters.requiredNumber("before_ts");
        if (time < EARLIEST) {
            throw MatrixException.invalidParam(
                    "before_ts", "a timestamp in milliseconds; this one is from the year 1970");
        }
        return Instant.ofEpochMilli(time);
    }
}
