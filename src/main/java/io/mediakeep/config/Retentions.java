package io.mediakeep.config;

import io.mediakeep.admin.removal.RetentionSettings;
import io.mediakeep.admin.removal.RetentionSettings.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/** Reads {@code retention}. */
final class Retentions {
    private static final String RULES = "retention.rules";
    private static final String NEVER = "never";

    private final Values values;

    Retentions(Values values) {
        this.values = values;
    }

    /** The rules are in the order of their indexes, which may have gaps. */
    RetentionSettings read() {
        List<Rule> rules = new ArrayList<>();
        SortedSet<Integer> indexes = values.indexes(RULES);
        if (indexes.size() > RetentionSettings.MAX_RULES) {
            values.problem(
                    RULES + "[" + indexes.last() + "].after",
                    "must be one of at most " + RetentionSettings.MAX_RULES + " rules");
        }
        for (int index : indexes) {
            rules.add(rule(RULES + "[" + index + "]."));
        }
        return new RetentionSettings(
                values.find("retention.local-after", Quantities::positiveDuration),
                values.find("retention.remote-after", Quantities::positiveDuration),
                values.find("retention.previews-after", Quantities::positiveDuration),
                rules);
    }

    private Rule rule(String entry) {
        if (!values.isSet(entry + "after")) {
            values.problem(entry + "after", "must be set");
        }
        Optional<Long> size = values.find(entry + "larger-than", Quantities::size);
        return new Rule(
                values.find(entry + "type", Syntax::typeGlob),
                values.find(entry + "uploader", Syntax::userGlob),
                values.find(entry + "origin", Syntax::serverGlob),
                size.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                values.find(entry + "after", Retentions::age).flatMap(age -> age));
    }

    /** Empty for {@code never}. */
    private static Optional<Duration> age(String text) {
        return text.equals(NEVER) ? Optional.empty() : Optional.of(Quantities.positiveDuration(text));
    }
}
