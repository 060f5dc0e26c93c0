package io.mediakeep.thumbnail.render;

import io.mediakeep.thumbnail.image.PixelFormat;
import java.util.Arrays;

/**
 * Box filter: averages whole boxes of source pixels, row by row, as the first step of a large reduction; a {@link
 * LanczosKernel} does the last one. The colours of RGBA pixels are weighted by alpha.
 */
final class BoxFilter {
    private final int sourceWidth;
    private final int sourceHeight;
    private final int boxWidth;
    private final int boxHeight;
    private final PixelFormat samples;
    private final float[] sums;
    private int rowsInBox;

    BoxFilter(int sourceWidth, int sourceHeight, int boxWidth, int boxHeight, PixelFormat samples) {
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.boxWidth = boxWidth;
        this.boxHeight = boxHeight;
        this.samples = samples;
        this.sums = new float[width() * samples.bytes()];
    }

    /** The number of boxes in a row. */
    int width() {
        return (sourceWidth + boxWidth - 1) / boxWidth;
    }

    /** The number of rows of boxes. */
    int height() {
        return (sourceHeight + boxHeight - 1) / boxHeight;
    }

    /** Discards the rows added so far. */
    void restart() {
        rowsInBox = 0;
        Arrays.fill(sums, 0);
    }

    /** Adds a row of the source; true when a row of boxes is complete. */
    boolean add(int y, byte[] pixels) {
        if (boxWidth == 1 && samples != PixelFormat.RGBA) {
            addUnscaled(pixels);
        } else {
            addBoxes(pixels);
        }
        rowsInBox++;
        return rowsInBox == boxHeight || y == sourceHeight - 1;
    }

    private int end(int box) {
        return Math.min(sourceWidth, (box + 1) * boxWidth);
    }

    private void addUnscaled(byte[] pixels) {
        if (rowsInBox == 0) {
            copyUnscaled(pixels);
            return;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += pixels[i] & 0xff;
        }
    }

    private void copyUnscaled(byte[] pixels) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = pixels[i] & 0xff;
        }
    }

    private void addBoxes(byte[] pixels) {
        switch (samples) {
            case GRAY -> addGray(pixels);
            case RGB -> addRgb(pixels);
            case CMYK -> addCmyk(pixels);
            case RGBA -> addRgba(pixels);
        }
    }

    private void addGray(byte[] pixels) {
        int from = 0;
        for (int box = 0; box < sums.length; box++) {
            int sum = 0;
            for (int end = end(box); from < end; from++) {
                sum += pixels[from] & 0xff;
            }
            sums[box] += sum;
        }
    }

    private void addRgb(byte[] pixels) {
        int from = 0;
        int to = 0;
        for (int box = 0; to < sums.length; box++) {
            int first = 0;
            int second = 0;
            int third = 0;
            for (int end = 3 * end(box); from < end; from += 3) {
                first += pixels[from] & 0xff;
                second += pixels[from + 1] & 0xff;
                third += pixels[from + 2] & 0xff;
            }
            sums[to] += first;
            sums[to + 1] += second;
            sums[to + 2] += third;
            to += 3;
        }
    }

    private void addCmyk(byte[] pixels) {
        int from = 0;
        int to = 0;
        for (int box = 0; to < sums.length; box++) {
            for (int end = 4 * end(box); from < end; from += 4) {
                for (int ink = 0; ink < 4; ink++) {
                    sums[to + ink] += pixels[from + ink] & 0xff;
                }
            }
            to += 4;
        }
    }

    private void addRgba(byte[] pixels) {
        int from = 0;
        int to = 0;
        for (int box = 0; to < sums.length; box++) {
            int red = 0;
            int green = 0;
            int blue = 0;
            int alphaSum = 0;
            for (int end = 4 * end(box); from < end; from += 4) {
                int alpha = pixels[from + 3] & 0xff;
                red += (pixels[from] & 0xff) * alpha / 255;
                green += (pixels[from + 1] & 0xff) * alpha / 255;
                blue += (pixels[from + 2] & 0xff) * alpha / 255;
                alphaSum += alpha;
            }
            sums[to] += red;
            sums[to + 1] += green;
            sums[to + 2] += blue;
            sums[to + 3] += alphaSum;
            to += 4;
        }
    }

    /** Writes the averages of the complete row of boxes, and resets the sums for the next one. */
    void take(float[] averages) {
        float share = 1f / (rowsInBox * boxWidth);
        for (int i = 0; i < averages.length; i++) {
            averages[i] = sums[i] * share;
        }
        float widthOfLast = sourceWidth - (width() - 1) * boxWidth;
        for (int i = averages.length - samples.bytes(); i < averages.length; i++) {
            averages[i] *= boxWidth / widthOfLast;
        }
        restart();
    }
}
