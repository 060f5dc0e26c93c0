package io.mediakeep.thumbnail;

import java.awt.image.BufferedImage;

/** Lanczos' filter with three lobes over the whole picture, in full precision: what a thumbnail should look like. */
final class Lanczos {
    private static final double LOBES = 3;

    private Lanczos() {}

    static BufferedImage reduced(BufferedImage source, int width, int height) {
        int sourceWidth = source.getWidth();
        int sourceHeight = source.getHeight();
        double[][] along = new double[sourceHeight][];
        for (int y = 0; y < sourceHeight; y++) {
            double[] row = new double[3 * sourceWidth];
            for (int x = 0; x < sourceWidth; x++) {
                for (int band = 0; band < 3; band++) {
                    row[3 * x + band] = source.getRGB(x, y) >> 16 - 8 * band & 0xff;
                }
            }
            along[y] = reduced(row, sourceWidth, width, 3);
        }
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            double[] column = new double[3 * sourceHeight];
            for (int y = 0; y < sourceHeight; y++) {
                System.arraycopy(along[y], 3 * x, column, 3 * y, 3);
            }
            double[] down = reduced(column, sourceHeight, height, 3);
            for (int y = 0; y < height; y++) {
                result.setRGB(x, y, level(down[3 * y]) << 16 | level(down[3 * y + 1]) << 8 | level(down[3 * y + 2]));
            }
        }
        return result;
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }

    private static double[] reduced(double[] points, int from, int to, int bands) {
        double[] result = new double[to * bands];
        double scale = (double) from / to;
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            double sum = 0;
            for (int k = (int) Math.max(0, centre - LOBES * scale); k < Math.min(from, centre + LOBES * scale); k++) {
                double weight = weight((k + 0.5 - centre) / scale);
                sum += weight;
                for (int band = 0; band < bands; band++) {
                    result[i * bands + band] += weight * points[k * bands + band];
                }
            }
            for (int band = 0; band < bands; band++) {
                result[i * bands + band] /= sum;
            }
        }
        return result;
    }

    private static double weight(double x) {
        if (Math.abs(x) < 1e-9) {
            return 1;
        }
        return Math.abs(x) >= LOBES ? 0 : sinc(x) * sinc(x / LOBES);
    }

    private static double sinc(double x) {
        return Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
