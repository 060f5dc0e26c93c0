package io.mediakeep.storage;

import java.util.OptionalLong;

/**
 * How much room is kept free.
 *
 * @param minFree in bytes, on each file system; empty for a share of it
 */
public record StorageSettings(OptionalLong minFree) {
    public static final StorageSettings DEFAULTS = new StorageSettings(OptionalLong.empty());

    private static final long LEAST_RESERVE = 256L << 20, LARGEST_RESERVE = 5L << 30;

    /** By what a file system is divided for its reserve: usually, and at most on a small one. */
    private static final int USUAL_PART = 100, LARGEST_PART = 8;

    /**
     * How much is kept free on a file system, in bytes. Where nobody said: the larger of 256 MiB and 1 % of it, at most
     * 5 GiB, and at most an eighth of a small one.
     *
     * @param total the size of the file system in bytes
     */
    public long reserveOf(long total) {
        long usual = Math.min(LARGEST_RESERVE, Math.max(LEAST_RESERVE, total / USUAL_PART));
        return minFree.orElse(Math.min(usual, total / LARGEST_PART));
    }
}
