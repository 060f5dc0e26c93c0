package io.mediakeep.thumbnail.draw;

import io.mediakeep.thumbnail.picture.Rows;
import io.mediakeep.thumbnail.picture.Samples;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes a small picture of rows as they come, so that the large one never exists. A large one is halved first, a very
 * large one averaged over whole boxes; Lanczos' filter does the rest, down the columns while rows come in and along a
 * row when it is complete.
 */
public final class Resampler implements Rows {
    /** How many times smaller the filter makes what the boxes leave, at least: so much hides the boxes from it. */
    private static final double LEFT_FOR_FILTER = 4;

    /** How many times smaller a picture must become to be halved first; what is left to the filter hides that. */
    private static final int ENOUGH_TO_HALVE = 4;

    /** From so many times on boxes alone are quicker. */
    private static final int TOO_MUCH_TO_HALVE = 16;

    /** What the averages of boxes and the rows that are still open take, in bytes for each number in a row. */
    private static final long BYTES_PER_NUMBER = 9 * Float.BYTES;

    private final Samples samples;
    private final int sourceHeight;
    private final int width;
    private final int height;
    private final Rows first;
    private final Boxes boxes;
    private final Kernel down;
    private final Kernel along;
    private final float[] averages;
    private final float[][] open;
    private final byte[] result;
    private int expected;
    private int boxRow;
    private int done;

    /**
     * For a picture of this size.
     *
     * @param sourceWidth pixels in each row that will come
     * @param sourceHeight how many rows will come
     * @param width of the small picture, in pixels
     * @param height of the small picture, in pixels
     */
    public Resampler(int sourceWidth, int sourceHeight, int width, int height, Samples samples) {
        boolean halves = halves(samples) && halves(sourceWidth, width) && halves(sourceHeight, height);
        double step = halves ? 2 : 1;
        int boxWidth = Math.max(1, (int) (sourceWidth / step / (width * LEFT_FOR_FILTER)));
        int boxHeight = Math.max(1, (int) (sourceHeight / step / (height * LEFT_FOR_FILTER)));
        this.samples = samples;
        this.sourceHeight = sourceHeight;
        this.width = width;
        this.height = height;
        this.first = halves ? new Halving(sourceWidth, sourceHeight, samples.bytes(), this::filter) : this::filter;
        this.boxes = new Boxes(
                halves ? Halving.half(sourceWidth) : sourceWidth,
                halves ? Halving.half(sourceHeight) : sourceHeight,
                boxWidth,
                boxHeight,
                samples);
        double[] sharpening = halves ? Halving.sharpening() : new double[] {1};
        this.along = new Kernel(boxes.width(), sourceWidth / step / boxWidth, width, sharpening);
        this.down = new Kernel(boxes.height(), sourceHeight / step / boxHeight, height, sharpening);
        this.averages = new float[boxes.width() * samples.bytes()];
        this.open = new float[mostOpenRows()][averages.length];
        this.result = new byte[width * height * samples.bytes()];
    }

    /** Colours that do not count alike cannot be averaged as they are. */
    private static boolean halves(Samples samples) {
        return samples != Samples.RGBA;
    }

    private static boolean halves(int from, int to) {
        return from >= ENOUGH_TO_HALVE * to && from < TOO_MUCH_TO_HALVE * to;
    }

    /**
     * How much memory, in bytes, a resampler takes beside the small picture.
     *
     * @param sourceWidth pixels in each row that will come
     * @param width of the small picture, in pixels
     */
    public static long bytes(int sourceWidth, int width, Samples samples) {
        if (halves(samples) && halves(sourceWidth, width)) {
            long halving = Halving.BYTES_PER_BYTE * sourceWidth;
            return samples.bytes() * (halving + BYTES_PER_NUMBER * Halving.half(sourceWidth));
        }
        double numbers = Math.min(sourceWidth, 2 * LEFT_FOR_FILTER * width);
        return (long) (samples.bytes() * BYTES_PER_NUMBER * numbers);
    }

    /** How many rows of the result a row of boxes can count for. */
    private int mostOpenRows() {
        int most = 1;
        int first = 0;
        for (int row = 0; row < height; row++) {
            while (down.end(first) <= down.start(row)) {
                first++;
            }
            most = Math.max(most, row - first + 1);
        }
        return most;
    }

    @Override
    public void row(int y, byte[] pixels) {
        if (y < expected) {
            restart();
        }
        if (y != expected) {
            throw new IllegalStateException("row " + y + " came instead of " + expected);
        }
        expected++;
        first.row(y, pixels);
    }

    private void filter(int y, byte[] pixels) {
        if (boxes.add(y, pixels)) {
            boxes.take(averages);
            spread();
            boxRow++;
        }
    }

    private void restart() {
        boxes.restart();
        for (float[] row : open) {
            Arrays.fill(row, 0);
        }
        expected = 0;
        boxRow = 0;
        done = 0;
    }

    /** Adds a row of boxes to all rows that it counts for. */
    private void spread() {
        for (int row = done; row < height && down.start(row) <= boxRow; row++) {
            add(open[row % open.length], down.weights(row)[boxRow - down.start(row)]);
        }
        while (done < height && down.end(done) <= boxRow + 1) {
            finish(open[done % open.length]);
            done++;
        }
    }

    private void add(float[] row, float weight) {
        for (int i = 0; i < row.length; i++) {
            row[i] += weight * averages[i];
        }
    }

    private void finish(float[] row) {
        int bytes = samples.bytes();
        int to = done * width * bytes;
        for (int x = 0; x < width; x++) {
            float[] weights = along.weights(x);
            int from = along.start(x) * bytes;
            switch (bytes) {
                case 1 -> result[to] = rounded(sum(row, from, 1, weights));
                case 3 -> three(row, from, weights, to);
                default -> four(row, from, weights, to);
            }
            to += bytes;
        }
        Arrays.fill(row, 0);
    }

    private static float sum(float[] row, int from, int step, float[] weights) {
        float sum = 0;
        int at = from;
        for (float weight : weights) {
            sum += weight * row[at];
            at += step;
        }
        return sum;
    }

    private void three(float[] row, int from, float[] weights, int to) {
        float first = 0;
        float second = 0;
        float third = 0;
        int at = from;
        for (float weight : weights) {
            first += weight * row[at];
            second += weight * row[at + 1];
            third += weight * row[at + 2];
            at += 3;
        }
        result[to] = rounded(first);
        result[to + 1] = rounded(second);
        result[to + 2] = rounded(third);
    }

    private void four(float[] row, int from, float[] weights, int to) {
        float last = sum(row, from + 3, 4, weights);
        float share = samples != Samples.RGBA ? 1 : last < 0.5f ? 0 : 255 / Math.min(255, last);
        for (int band = 0; band < 3; band++) {
            result[to + band] = rounded(share * sum(row, from + band, 4, weights));
        }
        result[to + 3] = rounded(last);
    }

    private static byte rounded(float value) {
        return (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) (value + 0.5f));
    }

    /** The small picture, once all rows have come; no more may come then. */
    public Optional<Pixels> result() {
        return expected == sourceHeight ? Optional.of(new Pixels(width, height, samples, result)) : Optional.empty();
    }
}
