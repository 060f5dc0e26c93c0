package io.mediakeep.admin.removal;

import io.mediakeep.matrix.Glob;
import io.mediakeep.media.MediaRow;
import io.mediakeep.media.MediaRow.Kind;
import io.mediakeep.media.MediaScan;
import io.mediakeep.media.download.PromptAccesses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Which media is not retained any more. */
public final class RetentionPolicy {
    private final RetentionSettings settings;
    private final List<CompiledRule> rules;

    /** The configured policy. */
    public RetentionPolicy(RetentionSettings settings) {
        this.settings = settings;
        this.rules = settings.rules().stream().map(CompiledRule::new).toList();
    }

    /** The shortest age; empty when everything is retained. */
    public Optional<Duration> shortest() {
        return shortest(Stream.of(settings.localAfter(), settings.remoteAfter(), settings.previewsAfter()));
    }

    private Optional<Duration> shortest(Stream<Optional<Duration>> ages) {
        Stream<Duration> ofRules = settings.rules().stream().flatMap(rule -> rule.after().stream());
        return Stream.concat(ages.flatMap(Optional::stream), ofRules).min(Duration::compareTo);
    }

    /**
     * What is removed at a time. Media is read in the order of its last access, up to the shortest age that may apply to it:
     * without rules that is what is removed, except avatars and what is protected.
     */
    public RemovalPlan plan(Instant now, boolean dryRun) {
        List<MediaScan> scans = new ArrayList<>();
        shortest(Stream.of(settings.localAfter()))
                .ifPresent(age -> scans.add(MediaScan.unused(false, false, latest(now, age))));
        shortest(Stream.of(settings.remoteAfter()))
                .ifPresent(age -> scans.add(MediaScan.unused(true, false, latest(now, age))));
        settings.previewsAfter().ifPresent(age -> scans.add(MediaScan.previews()));
        return new RemovalPlan(scans, row -> isOver(row, now), true, dryRun);
    }

    private boolean isOver(MediaRow row, Instant now) {
        return !row.quarantined()
                && !row.safeFromQuarantine()
                && ageOf(row).stream().allMatch(age -> row.lastAccessAt().isBefore(latest(now, age)))
                && ageOf(row).isPresent();
    }

    /** Stored times of last access may be too early by so much. */
    private static Instant latest(Instant now, Duration age) {
        return now.minus(age).minus(PromptAccesses.MAX_DELAY);
    }

    private Optional<Duration> ageOf(MediaRow row) {
        if (row.kind() == Kind.PREVIEW) {
            return settings.previewsAfter();
        }
        return rules.stream()
                .filter(rule -> rule.matches(row))
                .findFirst()
                .map(CompiledRule::after)
                .orElse(row.kind() == Kind.REMOTE ? settings.remoteAfter() : settings.localAfter());
    }

    private record CompiledRule(
            Optional<Glob> type,
            Optional<Glob> uploader,
            Optional<Glob> origin,
            OptionalLong largerThan,
            Optional<Duration> after) {

        CompiledRule(RetentionSettings.Rule rule) {
            this(
                    rule.type().map(Glob::new),
                    rule.uploader().map(Glob::new),
                    rule.origin().map(Glob::new),
                    rule.largerThan(),
                    rule.after());
        }

        boolean matches(MediaRow row) {
            return type.stream().allMatch(glob -> glob.matches(row.contentType().essence()))
                    && uploader.stream()
                            .allMatch(glob -> row.uploader().stream().anyMatch(user -> glob.matches(user.value())))
                    && origin.stream()
                            .allMatch(glob -> glob.matches(row.mxc().server().value()))
                    && largerThan.stream().allMatch(size -> row.size() > size);
        }
    }
}
