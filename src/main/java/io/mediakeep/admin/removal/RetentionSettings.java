package io.mediakeep.admin.removal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long media is stored after its last access; forever where that is not set.
 *
 * @param rules for local and remote media; the first that matches decides, before the other ages
 */
public record RetentionSettings(
        Optional<Duration> localAfter,
        Optional<Duration> remoteAfter,
        Optional<Duration> previewsAfter,
        List<Rule> rules) {
    public static final RetentionSettings DEFAULTS =
            new RetentionSettings(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** Bounds the comparisons for each item. */
    public static final int MAX_RULES = 100;

    /** Copies the list. */
    public RetentionSettings {
        rules = List.copyOf(rules);
    }

    /**
     * How long some media is stored. All of its conditions must hold; those that are absent do.
     *
     * @param type a glob on the content type, without parameters
     * @param uploader a glob on the user id; remote media has none
     * @param origin a glob on the server name
     * @param largerThan in bytes
     * @param after absent for media that is never removed
     */
    public record Rule(
            Optional<String> type,
            Optional<String> uploader,
            Optional<String> origin,
            OptionalLong largerThan,
            Optional<Duration> after) {}
}
