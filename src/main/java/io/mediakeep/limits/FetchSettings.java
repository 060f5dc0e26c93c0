package io.mediakeep.limits;

/**
 * How many bytes of other servers' media one caller may have fetched: so many each second on average, and so many at
 * once. What is kept here already costs nothing.
 */
public record FetchSettings(long bytesPerSecond, long burst) {
    public static final FetchSettings DEFAULTS = new FetchSettings(1 << 20, 1 << 30);

    /** Refuses what would let nothing through with {@link IllegalArgumentException}. */
    public FetchSettings {
        if (bytesPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("an allowance must let something through");
        }
    }
}
