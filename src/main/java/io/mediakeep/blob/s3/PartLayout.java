package io.mediakeep.blob.s3;

/** The division of an object into parts of equal length but the last. */
record PartLayout(long size) {
    /** From this size on, in bytes, an object is written in parts. */
    static final long MIN_SIZE = 16L << 20;

    /** The maximum number of parts of an object in S3. */
    private static final int MAX_PARTS = 10_000;

    /** The length of a part in bytes. */
    long partBytes() {
        return Math.max(MIN_SIZE, (size + MAX_PARTS - 1) / MAX_PARTS);
    }

    /** The number of parts. */
    int count() {
        return Math.toIntExact((size + partBytes() - 1) / partBytes());
    }

    /** The offset of a part, whose number is at least 1. */
    long offset(int number) {
        return (number - 1) * partBytes();
    }

    /** The length of a part in bytes. */
    long length(int number) {
        return Math.min(partBytes(), size - offset(number));
    }
}
