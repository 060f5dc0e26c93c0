package io.mediakeep.thumbnail.draw;

import io.mediakeep.thumbnail.picture.Rows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Makes a picture half as wide and half as high, from row to row. A pixel is made of six by six, which count 1, 5, 10,
 * 10, 5 and 1 in either direction: fine stripes make waves in the mean of two by two, and not in this.
 *
 * <p>All of it is means of two numbers, of eight bytes at once, in loops so short that the compiler makes one
 * instruction of several rounds.
 */
final class Halving implements Rows {
    /** What the rows take that are at work, in bytes for each byte of a row. */
    static final long BYTES_PER_BYTE = 16;

    private static final int TAPS = 6;
    private static final int BEFORE = 2;
    private static final int AFTER = 3;
    private static final long UPPER_SEVEN_BITS = 0xfefe_fefe_fefe_fefeL;

    private final int height;
    private final int rowLength;
    private final int bands;
    private final Rows halved;
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
     * For a picture of this size.
     *
     * @param bands bytes in each pixel
     * @param halved takes the rows of the halved picture
     */
    Halving(int width, int height, int bands, Rows halved) {
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

    /** What a {@link Kernel} for the halved picture needs to put right what its fine parts have lost. */
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

    /** Makes a row of those around it, as far as they have come. */
    private void halve(int y, int last) {
        for (int tap = 0; tap < TAPS; tap++) {
            taps[tap] = rows[Math.min(last, Math.max(0, 2 * y - BEFORE + tap)) % TAPS];
        }
        average(taps);
        shifted[BEFORE].put(0, average);
        repeatOutermostPixels();
        for (int tap = 0; tap < TAPS; tap++) {
            shifted[tap].get(0, columns[tap]);
        }
        average(columns);
        shifted[0].put(0, average);
        takeEverySecondPixel();
        halved.row(y, result);
    }

    private void repeatOutermostPixels() {
        int start = BEFORE * bands;
        int end = start + rowLength;
        for (int i = 0; i < BEFORE; i++) {
            System.arraycopy(bytes, start, bytes, i * bands, bands);
        }
        for (int i = 0; i < AFTER; i++) {
            System.arraycopy(bytes, end - bands, bytes, end + i * bands, bands);
        }
    }

    /** Weighs 1, 5, 10, 10, 5, 1. What is rounded up here and down there cancels out. */
    private void average(long[][] of) {
        outerFour(of[0], of[1], of[4], of[5]);
        innerTwo(of[2], of[3]);
    }

    private void outerFour(long[] a, long[] b, long[] e, long[] f) {
        for (int i = 0; i < average.length; i++) {
            long middle = up(b[i], e[i]);
            middles[i] = middle;
            average[i] = up(middle, down(a[i], f[i]));
        }
    }

    private void innerTwo(long[] c, long[] d) {
        for (int i = 0; i < average.length; i++) {
            long inner = down(c[i], d[i]);
            average[i] = up(inner, down(middles[i], down(inner, average[i])));
        }
    }

    /** The mean of each byte of one number and the same of another, rounded down. */
    private static long down(long a, long b) {
        return (a & b) + (((a ^ b) & UPPER_SEVEN_BITS) >>> 1);
    }

    /** The same, rounded up. */
    private static long up(long a, long b) {
        return (a | b) - (((a ^ b) & UPPER_SEVEN_BITS) >>> 1);
    }

    private void takeEverySecondPixel() {
        if (bands == 3) {
            takeThree();
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

    private void takeThree() {
        for (int to = 0; to < result.length; to += 3) {
            result[to] = bytes[2 * to];
            result[to + 1] = bytes[2 * to + 1];
            result[to + 2] = bytes[2 * to + 2];
        }
    }
}
