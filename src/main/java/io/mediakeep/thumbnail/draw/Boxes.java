package io.mediakeep.thumbnail.draw;

import io.mediakeep.thumbnail.picture.Samples;
import java.util.Arrays;

/**
 * Averages whole boxes of pixels, from row to row. It is quick, and exact, and leaves the finer work of the last
 * reduction to a {@link Kernel}. Colours count as much as they cover.
 */
final class Boxes {
    private final int sourceWidth;
    private final int sourceHeight;
    private final int boxWidth;
    private final int boxHeight;
    private final Samples samples;
    private final float[] sums;
    private int rowsInBox;

    Boxes(int sourceWidth, int sourceHeight, int boxWidth, int boxHeight, Samples samples) {
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.boxWidth = boxWidth;
        this.boxHeight = boxHeight;
        this.samples = samples;
        this.sums = new float[width() * samples.bytes()];
    }

    /** How many boxes lie in a row. */
    int width() {
        return (sourceWidth + boxWidth - 1) / boxWidth;
    }

    /** How many rows of boxes there are. */
    int height() {
        return (sourceHeight + boxHeight - 1) / boxHeight;
    }

    /** Forgets what was added. */
    void restart() {
        rowsInBox = 0;
        Arrays.fill(sums, 0);
    }

    /** Adds a row of the source; answers whether a row of boxes is complete. */
    boolean add(int y, byte[] pixels) {
        if (boxWidth == 1 && samples != Samples.RGBA) {
            addAsTheyAre(pixels);
        } else {
            addBoxes(pixels);
        }
        rowsInBox++;
        return rowsInBox == boxHeight || y == sourceHeight - 1;
    }

    private int end(int box) {
        return Math.min(sourceWidth, (box + 1) * boxWidth);
    }

    private void addAsTheyAre(byte[] pixels) {
        if (rowsInBox == 0) {
            takeAsTheyAre(pixels);
            return;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += pixels[i] & 0xff;
        }
    }

    private void takeAsTheyAre(byte[] pixels) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = pixels[i] & 0xff;
        }
    }

    private void addBoxes(byte[] pixels) {
        switch (samples) {
            case GRAY -> addGray(pixels);
            case RGB -> addThree(pixels);
            case CMYK -> addFour(pixels);
            case RGBA -> addCovering(pixels);
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

    private void addThree(byte[] pixels) {
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

    private void addFour(byte[] pixels) {
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

    private void addCovering(byte[] pixels) {
        int from = 0;
        int to = 0;
        for (int box = 0; to < sums.length; box++) {
            int red = 0;
            int green = 0;
            int blue = 0;
            int cover = 0;
            for (int end = 4 * end(box); from < end; from += 4) {
                int alpha = pixels[from + 3] & 0xff;
                red += (pixels[from] & 0xff) * alpha / 255;
                green += (pixels[from + 1] & 0xff) * alpha / 255;
                blue += (pixels[from + 2] & 0xff) * alpha / 255;
                cover += alpha;
            }
            sums[to] += red;
            sums[to + 1] += green;
            sums[to + 2] += blue;
            sums[to + 3] += cover;
            to += 4;
        }
    }

    /** Writes the averages of the complete row of boxes, and begins the next one. */
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
