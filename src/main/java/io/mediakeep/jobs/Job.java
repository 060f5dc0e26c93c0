package io.mediakeep.jobs;

import io.mediakeep.matrix.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A job as it was at one moment.
 *
 * @param kind the name of a {@link JobKind}
 * @param parameters a JSON object
 * @param administrator who started it; absent for the server's own
 * @param position where its next batch begins, empty at first
 * @param done how many items are finished
 * @param total how many there are, if that is known
 * @param bytes how many bytes were moved or freed
 * @param errors how often something could not be done
 * @param failure why it failed
 * @param startedAt when a node began it, else when it was added
 * @param updatedAt when it last made progress or changed its state
 */
public record Job(
        long id,
        String kind,
        String parameters,
        Optional<UserId> administrator,
        JobState state,
        String position,
        long done,
        OptionalLong total,
        long bytes,
        long errors,
        Optional<String> failure,
        Instant startedAt,
        Instant updatedAt) {

    /** The time that the rest takes if it goes on as fast as until now; empty where that cannot be said. */
    public Optional<Duration> remaining() {
        if (state != JobState.RUNNING || total.isEmpty() || done == 0) {
            return Optional.empty();
        }
        double perItem = (double) Duration.between(startedAt, updatedAt).toMillis() / done;
        return Optional.of(Duration.ofMillis(Math.max(0, Math.round(perItem * (total.getAsLong() - done)))));
    }
}
