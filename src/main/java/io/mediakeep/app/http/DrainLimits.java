package io.mediakeep.app.http;

import java.time.Duration;

/**
 * What may be spent on bodies that nobody wants, so that those who send them come to read the answer.
 *
 * @param longest how long one may be read
 * @param brief the same for who gives no token, and for who has more than {@code perAddress} of them
 * @param bytes how much of one is read
 * @param bytesPerSecond the least rate, measured after {@code brief}
 * @param most how many are read at once; for one more the oldest of the brief ones is given up, else the oldest
 * @param perAddress how many of one client are read for long
 */
public record DrainLimits(Duration longest, Duration brief, long bytes, long bytesPerSecond, int most, int perAddress) {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration BRIEF = Duration.ofSeconds(5);
    private static final long BYTES_PER_SECOND = 16 * 1024;
    private static final int MOST = 256;
    private static final int PER_ADDRESS = 16;

    /** The usual ones for uploads of at most so many bytes: a body may be as large, and as much again. */
    public static DrainLimits forUploads(long maxSize) {
        long bytes = maxSize > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * maxSize;
        return new DrainLimits(LONGEST, BRIEF, bytes, BYTES_PER_SECOND, MOST, PER_ADDRESS);
    }
}
