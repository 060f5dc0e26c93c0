package io.mediakeep.config;

import io.mediakeep.limits.QuotaSettings;
import io.mediakeep.limits.QuotaSettings.Rule;
import io.mediakeep.limits.QuotaSettings.Unit;
import io.mediakeep.limits.QuotaSettings.UsageLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Reads {@code quota}. */
final class Quotas {
    private static final String RULES = "quota.rules";

    private final Values values;
    private final long maxUpload;

    /** @param maxUpload the maximum size of an upload of any user, in bytes */
    Quotas(Values values, long maxUpload) {
        this.values = values;
        this.maxUpload = maxUpload;
    }

    /** The rules in the order of their indexes, which may have gaps, and one with the quota of all other users. */
    QuotaSettings read() {
        List<Rule> rules = new ArrayList<>();
        SortedSet<Integer> indexes = values.indexes(RULES);
        if (indexes.size() > QuotaSettings.MAX_RULES) {
            values.problem(
                    RULES + "[" + indexes.last() + "].users",
                    "must be one of at most " + QuotaSettings.MAX_RULES + " rules");
        }
        for (int index : indexes) {
            rule(RULES + "[" + index + "].").ifPresent(rules::add);
        }
        rules.add(new Rule("*", OptionalLong.empty(), limitsOfOthers()));
        return new QuotaSettings(rules);
    }

    private List<UsageLimit> limitsOfOthers() {
        Optional<Long> bytes = values.find("quota.max-bytes", Quantities::size);
        Optional<Long> files = values.find("quota.max-files", Quotas::files);
        return Stream.concat(
                        bytes.map(max -> new UsageLimit(Unit.BYTES, max, Optional.empty())).stream(),
                        files.map(max -> new UsageLimit(Unit.FILES, max, Optional.empty())).stream())
                .toList();
    }

    private Optional<Rule> rule(String entry) {
        Optional<String> users = values.find(entry + "users", Syntax::userGlob);
        if (!values.isSet(entry + "users")) {
            values.problem(entry + "users", "must be set");
        }
        OptionalLong maxSize = values.find(entry + "max-size", this::uploadSize).stream()
                .mapToLong(Long::longValue)
                .findFirst();
        List<UsageLimit> limits = Stream.of(
                        limits(entry + "max-bytes", Unit.BYTES, Quantities::size),
                        limits(entry + "max-files", Unit.FILES, Quotas::files))
                .flatMap(List::stream)
                .toList();
        return users.map(glob -> new Rule(glob, maxSize, limits));
    }

    private List<UsageLimit> limits(String key, Unit unit, ToLongFunction<String> amount) {
        List<UsageLimit> limits = values.list(key, List.of(), text -> limit(text, unit, amount));
        if (limits.size() > QuotaSettings.MAX_LIMITS) {
            values.problem(key, "must hold at most " + QuotaSettings.MAX_LIMITS + " values");
        }
        return limits;
    }

    /** An amount, or one in a period: {@code 10GiB/30d}. */
    private static UsageLimit limit(String text, Unit unit, ToLongFunction<String> amount) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new UsageLimit(unit, amount.applyAsLong(text), Optional.empty())
                : new UsageLimit(
                        unit, amount.applyAsLong(text.substring(0, slash)), Optional.of(period(text, slash + 1)));
    }

    private static Duration period(String text, int begin) {
        Duration period = Quantities.duration(text.substring(begin));
        if (period.compareTo(QuotaSettings.MIN_PERIOD) < 0 || period.compareTo(QuotaSettings.MAX_PERIOD) > 0) {
            throw new IllegalArgumentException("must have a period between 1m and 366d");
        }
        return period;
    }

    private static long files(String text) {
        return Syntax.number(text, 1, Long.MAX_VALUE);
    }

    private long uploadSize(String text) {
        long size = Quantities.size(text);
        if (size > maxUpload) {
            throw new IllegalArgumentException("must not be more than uploads.max-size");
        }
        return size;
    }
}
