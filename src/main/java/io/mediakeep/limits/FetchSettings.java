package io.mediakeep.limits;

/**
 * How many bytes of remote media may be fetched for one caller: per second on average, and at once. Media that is
 * stored here costs nothing.
 */
public record FetchSettings(long bytesPerSecond, long burst) {
    public static final FetchSettings DEFAULTS = new FetchSettings(1 << 20, 1 << 30);

    /** Rejects values below 1 with {@link IllegalArgumentException}. */
    public FetchSettings {
        if (bytesPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("an allowance must be at least 1");
        }
    }
}
