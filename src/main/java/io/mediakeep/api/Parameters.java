package io.mediakeep.api;

import io.mediakeep.matrix.MatrixException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The query parameters of a request; an invalid one is rejected by name. */
public final class Parameters {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final MultivaluedMap<String, String> query;

    /** The parameters of this request. */
    public Parameters(UriInfo uri) {
        this.query = uri.getQueryParameters();
    }

    /** Text. An empty parameter is treated like an absent one, whatever its type. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(query.getFirst(name)).filter(text -> !text.isEmpty());
    }

    /**
     * A required whole number of at least 1.
     *
     * @return at most {@link Integer#MAX_VALUE}, also for larger numbers
     */
    public int atLeastOne(String name) {
        String text = text(name).orElseThrow(() -> MatrixException.missingParam(name));
        long number = DIGITS.matcher(text).matches() ? Long.parseLong(text) : 0;
        if (number < 1) {
            throw MatrixException.invalidParam(name, "a whole number of at least 1");
        }
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    /** Required text, not empty. */
    public String requiredText(String name) {
        return text(name).orElseThrow(() -> MatrixException.missingParam(name));
    }

    /** Text that is not empty, if the parameter is there. */
    public Optional<String> nonEmptyText(String name) {
        if (query.containsKey(name) && text(name).isEmpty()) {
            throw MatrixException.invalidParam(name, "not empty");
        }
        return text(name);
    }

    /** A whole number, not negative. */
    public long number(String name, long defaultValue) {
        return text(name).map(text -> number(name, text)).orElse(defaultValue);
    }

    /** A required whole number, not negative. */
    public long requiredNumber(String name) {
        return number(name, requiredText(name));
    }

    private static long number(String name, String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw MatrixException.invalidParam(name, "a whole number that is not negative");
        }
        return Long.parseLong(text);
    }

    /** One of the names in a map: the value that it stands for. */
    public <T> Optional<T> oneOf(String name, Map<String, T> values) {
        return text(name).map(text -> {
            T value = values.get(text);
            if (value == null) {
                throw MatrixException.invalidParam(name, "one of " + new TreeSet<>(values.keySet()));
            }
            return value;
        });
    }

    /** Whether a list is sorted in descending order: the parameter {@code dir}, {@code f} or {@code b}. */
    public boolean descending(boolean defaultValue) {
        return oneOf("dir", Map.of("f", false, "b", true)).orElse(defaultValue);
    }

    /** A number of milliseconds, not negative. */
    public Optional<Duration> milliseconds(String name) {
        return text(name).map(text -> {
            if (!DIGITS.matcher(text).matches()) {
                throw MatrixException.invalidParam(name, "a number of milliseconds");
            }
            return Duration.ofMillis(Long.parseLong(text));
        });
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean defaultValue) {
        return text(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw MatrixException.invalidParam(name, "'true' or 'false'");
                })
                .orElse(defaultValue);
    }
}
