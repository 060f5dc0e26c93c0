package io.mediakeep.persistence;

import java.util.function.IntUnaryOperator;

/** Runs work on many rows in transactions of bounded size. */
public final class Batches {
    /** The maximum number of batches in one run; the rest is left to the next run. */
    private static final int MAX_BATCHES = 200;

    private Batches() {}

    /**
     * Runs batches until one is not full.
     *
     * @param batch processes at most so many rows as its argument, and returns how many
     * @return the total number of rows
     */
    public static int run(int size, IntUnaryOperator batch) {
        int all = 0;
        for (int batches = 0; batches < MAX_BATCHES; batches++) {
            int worked = batch.applyAsInt(size);
            all += worked;
            if (worked < size) {
                break;
            }
        }
        return all;
    }
}
