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
    static final long BYTES_PER_BYTE = 17;

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
    private final long[] inner;
    private final long[] middle;
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
        this.inner = new long[words];
        this.middle = new long[words];
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
        down(of[2], of[3], inner);
        up(of[1], of[4], middle);
        down(of[0], of[5], average);
        up(middle, average, average);
        down(inner, average, average);
        down(middle, average, average);
        up(inner, average, average);
    }

    /** The mean of each byte here and the same there, rounded down. */
    private static void down(long[] a, long[] b, long[] mean) {
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (a[i] & b[i]) + (((a[i] ^ b[i]) & UPPER_SEVEN_BITS) >>> 1);
        }
    }

    /** The same, rounded up. */
    private static void up(long[] a, long[] b, long[] mean) {
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (a[i] | b[i]) - (((a[i] ^ b[i]) & UPPER_SEVEN_BITS) >>> 1);
        }
    }

    private void takeEverySecondPixel() {
        for (int band = 0; band < bands; band++) {
            int from = band;
            for (int to = band; to < result.length; to += bands) {
                result[to] = bytes[from];
                from += 2 * bands;
            }
        }
    }
}
