package io.mediakeep.app.http;

import java.time.Duration;

/**
 * Limits the reading of request bodies that were rejected, which are read and discarded so that clients read the
 * response.
 *
 * @param max how long one may be read
 * @param brief the same for requests without a token, and for clients with more than {@code perAddress} of them
 * @param bytes how many bytes of one are read
 * @param bytesPerSecond the minimum rate, measured after {@code brief}
 * @param maxCount how many are read at once; for one more the oldest of the brief ones is ended, else the oldest
 * @param perAddress how many of one client are read for {@code max}
 */
public record DrainLimits(Duration max, Duration brief, long bytes, long bytesPerSecond, int maxCount, int perAddress) {
    private static final Duration MAX = Duration.ofSeconds(30);
    private static final Duration BRIEF = Duration.ofSeconds(5);
    private static final long BYTES_PER_SECOND = 16 * 1024;
    private static final int MAX_COUNT = 256;
    private static final int PER_ADDRESS = 16;

    /** The default limits for uploads up to a size: a body may be twice as large. */
    public static DrainLimits forUploads(long maxSize) {
        long bytes = maxSize > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * maxSize;
        return new DrainLimits(MAX, BRIEF, bytes, BYTES_PER_SECOND, MAX_COUNT, PER_ADDRESS);
    }
}
