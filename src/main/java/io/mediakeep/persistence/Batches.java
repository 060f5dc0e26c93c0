package io.mediakeep.persistence;

import java.util.function.IntUnaryOperator;

/** Work on many rows in transactions of a bounded size. */
public final class Batches {
    /** How many batches one run has at most, so that it ends; what is left is for the next run. */
    private static final int MOST = 200;

    private Batches() {}

    /**
     * Works until a batch is not full.
     *
     * @param batch works on at most so many rows as it is given, and answers on how many
     * @return on how many rows in all
     */
    public static int run(int size, IntUnaryOperator batch) {
        int all = 0;
        for (int batches = 0; batches < MOST; batches++) {
            int worked = batch.applyAsInt(size);
            all += worked;
            if (worked < size) {
                break;
            }
        }
        return all;
    }
}
