package io.mediakeep.media;

import java.util.List;

/**
 * The last media that a {@link MediaScan} has read.
 *
 * @param time in the order of the scan, in milliseconds; 0 where it is ordered by content URI
 */
public record MediaPosition(long time, String origin, String mediaId) {
    /** Before all media. */
    public static final MediaPosition START = new MediaPosition(0, "", "");

    private static final String SEPARATOR = "/";

    /** The position that {@link #toString} wrote; rejects anything else with {@link IllegalArgumentException}. */
    public static MediaPosition parse(String text) {
        List<String> parts = List.of(text.split(SEPARATOR, -1));
        if (parts.size() != 3) {
            throw new IllegalArgumentException("not a position: " + text);
        }
        return new MediaPosition(Long.parseLong(parts.get(0)), parts.get(1), parts.get(2));
    }

    @Override
    public String toString() {
        return String.join(SEPARATOR, String.valueOf(time), origin, mediaId);
    }
}
