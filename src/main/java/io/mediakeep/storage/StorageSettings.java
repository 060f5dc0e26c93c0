package io.mediakeep.storage;

import java.util.OptionalLong;

/**
 * Settings of free space.
 *
 * @param minFree the reserve in bytes on each file system; empty for a fraction of it
 */
public record StorageSettings(OptionalLong minFree) {
    public static final StorageSettings DEFAULTS = new StorageSettings(OptionalLong.empty());

    private static final long MIN_RESERVE = 256L << 20, MAX_RESERVE = 5L << 30;

    /** The divisors of a file system for its reserve: usually, and at most on a small one. */
    private static final int USUAL_PART = 100, MAX_PART = 8;

    /**
     * The reserve of a file system, in bytes. By default the larger of 256 MiB and 1 %, at most 5 GiB, and at most an
     * eighth of a small one.
     *
     * @param total the size of the file system in bytes
     */
    public long reserveOf(long total) {
        long usual = Math.min(MAX_RESERVE, Math.max(MIN_RESERVE, total / USUAL_PART));
        return minFree.orElse(Math.min(usual, total / MAX_PART));
    }
}
