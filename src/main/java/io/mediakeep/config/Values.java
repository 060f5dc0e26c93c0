package io.mediakeep.config;

import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The values of file and environment, by key. An invalid value is a problem and is replaced by the default, so that all
 * problems are found.
 */
final class Values {
    private static final int MAX_SHOWN = 60;

    private final SmallRyeConfig config;
    private final ConfigKeys keys;
    private final UnaryOperator<String> origin;
    private final ConfigProblems problems;

    /** @param origin returns the source of a key's value */
    Values(SmallRyeConfig config, ConfigKeys keys, UnaryOperator<String> origin, ConfigProblems problems) {
        this.config = config;
        this.keys = keys;
        this.origin = origin;
        this.problems = problems;
    }

    /** The value of a key. An empty one counts as absent. */
    <T> Optional<T> find(String key, Function<String, T> parser) {
        return text(key).filter(text -> !text.isEmpty()).flatMap(text -> parse(key, text, parser));
    }

    /** The value of a key, or its default. */
    <T> T get(String key, T fallback, Function<String, T> parser) {
        return find(key, parser).orElse(fallback);
    }

    /** The values of a list, or its default. An empty list is a value. */
    <T> List<T> list(String key, List<T> fallback, Function<String, T> parser) {
        if (text(key).isEmpty()) {
            return fallback;
        }
        List<String> texts = config.getOptionalValues(key, String.class).orElse(List.of());
        return texts.stream()
                .flatMap(text -> parse(key, text.strip(), parser).stream())
                .toList();
    }

    /** Whether there is a value, valid or not. */
    boolean isSet(String key) {
        return text(key).filter(text -> !text.isEmpty()).isPresent();
    }

    /** The indexes that occur in a list of sections. */
    SortedSet<Integer> indexes(String section) {
        return new TreeSet<>(config.getIndexedPropertiesIndexes(section));
    }

    /** Reports a problem of a key. */
    void problem(String key, String what) {
        problems.add(key, origin.apply(key), what);
    }

    private Optional<String> text(String key) {
        if (!keys.contains(key)) {
            throw new IllegalArgumentException(key + " is not in the table of keys");
        }
        return Optional.ofNullable(config.getConfigValue(key).getValue());
    }

    private <T> Optional<T> parse(String key, String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            String shown = keys.isSecret(key) ? "" : "; it is " + shortened(text);
            problem(key, e.getMessage() + shown);
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
