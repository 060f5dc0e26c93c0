package io.mediakeep.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses sizes and durations: {@code 50MiB}, {@code 20s}. */
final class Quantities {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");
    private static final Map<String, Long> BYTES = Map.of(
            "", 1L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);
    private static final Map<String, ChronoUnit> TIMES = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Quantities() {}

    /** Bytes, at least 1; throws {@link IllegalArgumentException} for anything else. */
    static long size(String text) {
        Matcher quantity = match(text, BYTES, "must be a size, such as 1024, 64KiB, 50MiB or 2GiB");
        try {
            long unit = Objects.requireNonNull(BYTES.get(quantity.group(2)));
            return Syntax.between(Math.multiplyExact(Long.parseLong(quantity.group(1)), unit), 1, Long.MAX_VALUE);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is too large", e);
        }
    }

    /** A duration, possibly zero, less than 292 years; throws {@link IllegalArgumentException} for anything else. */
    static Duration duration(String text) {
        Matcher quantity = match(text, TIMES, "must be a duration, such as 500ms, 20s, 5m, 24h or 7d");
        try {
            ChronoUnit unit = Objects.requireNonNull(TIMES.get(quantity.group(2)));
            Duration duration = Duration.of(Long.parseLong(quantity.group(1)), unit);
            return Duration.ofNanos(duration.toNanos()); // timeouts are measured in nanoseconds
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is too long", e);
        }
    }

    /** A duration above zero. */
    static Duration positiveDuration(String text) {
        Duration duration = duration(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("must be more than 0");
        }
        return duration;
    }

    private static Matcher match(String text, Map<String, ?> units, String message) {
        Matcher quantity = NUMBER_AND_UNIT.matcher(text);
        if (!quantity.matches() || !units.containsKey(quantity.group(2))) {
            throw new IllegalArgumentException(message);
        }
        return quantity;
    }
}
