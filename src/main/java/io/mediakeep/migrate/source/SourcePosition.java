package io.mediakeep.migrate.source;

/**
 * A row in the order of a scan: last access (or creation) first, then content URI.
 *
 * @param accessed in milliseconds since 1970
 */
public record SourcePosition(long accessed, String origin, String mediaId) {
    /** Before all rows. */
    public static final SourcePosition START = new SourcePosition(Long.MAX_VALUE, "", "");

    private static final String SEPARATOR = "/";

    /** The position that {@link #toString} wrote; rejects anything else with {@link IllegalArgumentException}. */
    public static SourcePosition parse(String text) {
        String[] parts = text.split(SEPARATOR, 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a position: " + text);
        }
        return new SourcePosition(Long.parseLong(parts[0]), parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return String.join(SEPARATOR, String.valueOf(accessed), origin, mediaId);
    }
}
