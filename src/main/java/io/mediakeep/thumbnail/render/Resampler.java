package io.mediakeep.thumbnail.render;

import io.mediakeep.thumbnail.image.PixelFormat;
import io.mediakeep.thumbnail.image.RowConsumer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reduces an image row by row, so that the source is never in memory as a whole. Reductions of 4 to 16 start with a
 * {@link HalvingFilter}, larger ones with a {@link BoxFilter}; a {@link LanczosKernel} does the rest, vertically as
 * rows are added and horizontally when a row of the result is complete.
 */
public final class Resampler implements RowConsumer {
    /** The least reduction that box averages leave to the Lanczos filter, so that they do not alias. */
    private static final double MIN_LANCZOS_REDUCTION = 4;

    /** The least reduction of an image that is halved first; what is left hides the softness of halving. */
    private static final int MIN_HALVING_REDUCTION = 4;

    /** From this reduction on box averages alone are faster. */
    private static final int MAX_HALVING_REDUCTION = 16;

    /** Working memory of the box averages and unfinished rows, in bytes for each sample of a row. */
    private static final long BYTES_PER_SAMPLE = 9 * Float.BYTES;

    private final PixelFormat samples;
    private final int sourceHeight;
    private final int width;
    private final int height;
    private final RowConsumer first;
    private final BoxFilter boxes;
    private final LanczosKernel vertical;
    private final LanczosKernel horizontal;
    private final float[] averages;
    private final float[][] open;
    private final byte[] result;
    private int expected;
    private int boxRow;
    private int done;

    /**
     * A resampler for an image of this size.
     *
     * @param sourceWidth pixels in each row that is added
     * @param sourceHeight the number of rows that are added
     * @param width of the result, in pixels
     * @param height of the result, in pixels
     */
    public Resampler(int sourceWidth, int sourceHeight, int width, int height, PixelFormat samples) {
        boolean halves = halves(samples) && halves(sourceWidth, width) && halves(sourceHeight, height);
        double step = halves ? 2 : 1;
        int boxWidth = Math.max(1, (int) (sourceWidth / step / (width * MIN_LANCZOS_REDUCTION)));
        int boxHeight = Math.max(1, (int) (sourceHeight / step / (height * MIN_LANCZOS_REDUCTION)));
        this.samples = samples;
        this.sourceHeight = sourceHeight;
        this.width = width;
        this.height = height;
        this.first =
                halves ? new HalvingFilter(sourceWidth, sourceHeight, samples.bytes(), this::filter) : this::filter;
        this.boxes = new BoxFilter(
                halves ? HalvingFilter.half(sourceWidth) : sourceWidth,
                halves ? HalvingFilter.half(sourceHeight) : sourceHeight,
                boxWidth,
                boxHeight,
                samples);
        double[] sharpening = halves ? HalvingFilter.sharpening() : new double[] {1};
        this.horizontal = new LanczosKernel(boxes.width(), sourceWidth / step / boxWidth, width, sharpening);
        this.vertical = new LanczosKernel(boxes.height(), sourceHeight / step / boxHeight, height, sharpening);
        this.averages = new float[boxes.width() * samples.bytes()];
        this.open = new float[maxOpenRows()][averages.length];
        this.result = new byte[width * height * samples.bytes()];
    }

    /** RGBA is not halved: its colours must be weighted by alpha. */
    private static boolean halves(PixelFormat samples) {
        return samples != PixelFormat.RGBA;
    }

    private static boolean halves(int from, int to) {
        return from >= MIN_HALVING_REDUCTION * to && from < MAX_HALVING_REDUCTION * to;
    }

    /**
     * The working memory of a resampler in bytes, the result not counted.
     *
     * @param sourceWidth pixels in each row that is added
     * @param width of the result, in pixels
     */
    public static long bytes(int sourceWidth, int width, PixelFormat samples) {
        if (halves(samples) && halves(sourceWidth, width)) {
            long halving = HalvingFilter.BYTES_PER_BYTE * sourceWidth;
            return samples.bytes() * (halving + BYTES_PER_SAMPLE * HalvingFilter.half(sourceWidth));
        }
        double samplesPerRow = Math.min(sourceWidth, 2 * MIN_LANCZOS_REDUCTION * width);
        return (long) (samples.bytes() * BYTES_PER_SAMPLE * samplesPerRow);
    }

    /** The largest number of rows of the result that one row of boxes contributes to. */
    private int maxOpenRows() {
        int max = 1;
        int first = 0;
        for (int row = 0; row < height; row++) {
            while (vertical.end(first) <= vertical.start(row)) {
                first++;
            }
            max = Math.max(max, row - first + 1);
        }
        return max;
    }

    @Override
    public void row(int y, byte[] pixels) {
        if (y < expected) {
            restart();
        }
        if (y != expected) {
            throw new IllegalStateException("row " + y + " instead of " + expected);
        }
        expected++;
        first.row(y, pixels);
    }

    private void filter(int y, byte[] pixels) {
        if (boxes.add(y, pixels)) {
            boxes.take(averages);
            accumulate();
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

    /** Adds a row of boxes to all rows of the result that it contributes to. */
    private void accumulate() {
        for (int row = done; row < height && vertical.start(row) <= boxRow; row++) {
            add(open[row % open.length], vertical.weights(row)[boxRow - vertical.start(row)]);
        }
        while (done < height && vertical.end(done) <= boxRow + 1) {
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
            float[] weights = horizontal.weights(x);
            int from = horizontal.start(x) * bytes;
            switch (bytes) {
                case 1 -> result[to] = rounded(sum(row, from, 1, weights));
                case 3 -> sumThree(row, from, weights, to);
                default -> sumFour(row, from, weights, to);
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

    private void sumThree(float[] row, int from, float[] weights, int to) {
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

    private void sumFour(float[] row, int from, float[] weights, int to) {
        float last = sum(row, from + 3, 4, weights);
        float share = samples != PixelFormat.RGBA ? 1 : last < 0.5f ? 0 : 255 / Math.min(255, last);
        for (int band = 0; band < 3; band++) {
            result[to + band] = rounded(share * sum(row, from + band, 4, weights));
        }
        result[to + 3] = rounded(last);
    }

    private static byte rounded(float value) {
        return (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) (value + 0.5f));
    }

    /** The result once all rows were added; no more may be added then. */
    public Optional<Pixels> result() {
        return expected == sourceHeight ? Optional.of(new Pixels(width, height, samples, result)) : Optional.empty();
    }
}
