package io.mediakeep.api;

import java.util.OptionalLong;

/**
 * The page of a list that is requested by {@code from} and {@code limit}, as in Synapse's admin API.
 *
 * @param from how many rows precede it
 * @param limit how many rows it has at most
 */
public record OffsetPage(long from, int limit) {
    /** More are not sent at once. */
    public static final int MAX_LIMIT = 1_000;

    private static final int DEFAULT_LIMIT = 100;

    /** The page in the parameters; by default the first 100 rows. */
    public static OffsetPage of(Parameters parameters) {
        return new OffsetPage(parameters.number("from", 0), limit(parameters));
    }

    /** The parameter {@code limit}: 100 by default, at most 1,000. */
    public static int limit(Parameters parameters) {
        return (int) Math.min(parameters.number("limit", DEFAULT_LIMIT), MAX_LIMIT);
    }

    /** The {@code from} of the next page, if there are rows after this one. */
    public OptionalLong next(long total) {
        return total - limit > from ? OptionalLong.of(from + limit) : OptionalLong.empty();
    }
}
