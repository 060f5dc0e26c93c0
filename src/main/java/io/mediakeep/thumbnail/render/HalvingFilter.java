package io.mediakeep.thumbnail.render;

import io.mediakeep.thumbnail.image.RowConsumer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Scales an image to half its width and height, row by row, with a 6-tap binomial filter (1, 5, 10, 10, 5, 1) in either
 * direction. The mean of 2 by 2 pixels would alias fine stripes into moiré; this filter does not.
 *
 * <p>It is built from means of two numbers, on eight bytes at once (SWAR), in loops short enough for the JIT compiler
 * to vectorise.
 */
final class HalvingFilter implements RowConsumer {
    /** Working memory, in bytes for each byte of a row. */
    static final long BYTES_PER_BYTE = 16;

    private static final int TAPS = 6;
    private static final int BEFORE = 2;
    private static final int AFTER = 3;
    private static final long UPPER_SEVEN_BITS = 0xfefe_fefe_fefe_fefeL;

    private final int height;
    private final int rowLength;
    private final int bands;
    private final RowConsumer halved;
    private final byte[] bytes;
    private final LongBuffer[] shifted = new LongBuffer[TAPS];
    private final long[][] rows;
    private final long[][] taps = new long[TAPS][];
    private final long[][] columns;
    private final long[] middles;
    private final long[] average;
    private final byte[] result;
    private int done;

    /**
     * A filter for an image of this size.
     *
     * @param bands bytes in each pixel
     * @param halved receives the rows of the half-size image
     */
    HalvingFilter(int width, int height, int bands, RowConsumer halved) {
        this.height = height;
        this.rowLength = width * bands;
        this.bands = bands;
        this.halved = halved;
        int words = (rowLength + Long.BYTES - 1) / Long.BYTES;
        this.bytes = new byte[words * Long.BYTES + TAPS * bands];
        for (int tap = 0; tap < TAPS; tap++) {
            ByteBuffer from = ByteBuffer.wrap(bytes, tap * bands, words * Long.BYTES);
            shifted[tap] = from.order(ByteOrder.nativeOrder()).asLongBuffer();
        }
        this.rows = new long[TAPS][words];
        this.columns = new long[TAPS][words];
        this.middles = new long[words];
        this.average = new long[words];
        this.result = new byte[half(width) * bands];
    }

    /** Half of a length, rounded up. */
    static int half(int length) {
        return (length + 1) / 2;
    }

    /** The sharpening by which a {@link LanczosKernel} compensates for what this filter takes from high frequencies. */
    static double[] sharpening() {
        return new double[] {1.57, -0.33, 0.045};
    }

    @Override
    public void row(int y, byte[] pixels) {
        if (y == 0) {
            done = 0;
        }
        System.arraycopy(pixels, 0, bytes, 0, rowLength);
        shifted[0].get(0, rows[y % TAPS]);
        while (done < half(height) && (y == 2 * done + AFTER || y == height - 1)) {
            halve(done, y);
            done++;
        }
    }

    /** Computes a row of the result from the source rows around it that have been added. */
    private void halve(int y, int last) {
        for (int tap = 0; tap < TAPS; tap++) {
            taps[tap] = rows[Math.min(last, Math.max(0, 2 * y - BEFORE + tap)) % TAPS];
        }
        average(taps);
        shifted[BEFORE].put(0, average);
        extendEdges();
        for (int tap = 0; tap < TAPS; tap++) {
            shifted[tap].get(0, columns[tap]);
        }
        average(columns);
        shifted[0].put(0, average);
        decimate();
        halved.row(y, result);
    }

    private void extendEdges() {
        int start = BEFORE * bands;
        int end = start + rowLength;
        for (int i = 0; i < BEFORE; i++) {
            System.arraycopy(bytes, start, bytes, i * bands, bands);
        }
        for (int i = 0; i < AFTER; i++) {
            System.arraycopy(bytes, end - bands, bytes, end + i * bands, bands);
        }
    }

    /** Weights 1, 5, 10, 10, 5, 1. The means are rounded up and down in turn, so that the errors cancel out. */
    private void average(long[][] of) {
        averageOuter(of[0], of[1], of[4], of[5]);
        averageInner(of[2], of[3]);
    }

    private void averageOuter(long[] a, long[] b, long[] e, long[] f) {
        for (int i = 0; i < average.length; i++) {
            long middle = meanRoundedUp(b[i], e[i]);
            middles[i] = middle;
            average[i] = meanRoundedUp(middle, meanRoundedDown(a[i], f[i]));
        }
    }

    private void averageInner(long[] c, long[] d) {
        for (int i = 0; i < average.length; i++) {
            long inner = meanRoundedDown(c[i], d[i]);
            average[i] = meanRoundedUp(inner, meanRoundedDown(middles[i], meanRoundedDown(inner, average[i])));
        }
    }

    /** The mean of each byte of one number and the same byte of another, rounded down. */
    private static long meanRoundedDown(long a, long b) {
        return (a & b) + (((a ^ b) & UPPER_SEVEN_BITS) >>> 1);
    }

    /** The same, rounded up. */
    private static long meanRoundedUp(long a, long b) {
        return (a | b) - (((a ^ b) & UPPER_SEVEN_BITS) >>> 1);
    }

    private void decimate() {
        if (bands == 3) {
            decimateRgb();
            return;
        }
        for (int band = 0; band < bands; band++) {
            int from = band;
            for (int to = band; to < result.length; to += bands) {
                result[to] = bytes[from];
                from += 2 * bands;
            }
        }
    }

    private void decimateRgb() {
        for (int to = 0; to < result.length; to += 3) {
            result[to] = bytes[2 * to];
            result[to + 1] = bytes[2 * to + 1];
            result[to + 2] = bytes[2 * to + 2];
        }
    }
}
