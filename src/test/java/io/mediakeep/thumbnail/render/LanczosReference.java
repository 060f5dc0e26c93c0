package io.mediakeep.thumbnail.render;

import java.awt.image.BufferedImage;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A Lanczos filter with three lobes over the whole image, in full precision: the reference for thumbnails. */
final class LanczosReference {
    private static final double LOBES = 3;

    private LanczosReference() {}

    static BufferedImage reduced(BufferedImage source, int width, int height) {
        int sourceWidth = source.getWidth();
        int sourceHeight = source.getHeight();
        Weights across = Weights.of(sourceWidth, width);
        double[][] along = new double[sourceHeight][];
        for (int y = 0; y < sourceHeight; y++) {
            double[] row = new double[3 * sourceWidth];
            for (int x = 0; x < sourceWidth; x++) {
                for (int band = 0; band < 3; band++) {
                    row[3 * x + band] = source.getRGB(x, y) >> 16 - 8 * band & 0xff;
                }
            }
            along[y] = across.applied(row);
        }
        Weights downwards = Weights.of(sourceHeight, height);
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            double[] column = new double[3 * sourceHeight];
            for (int y = 0; y < sourceHeight; y++) {
                System.arraycopy(along[y], 3 * x, column, 3 * y, 3);
            }
            double[] down = downwards.applied(column);
            for (int y = 0; y < height; y++) {
                result.setRGB(x, y, level(down[3 * y]) << 16 | level(down[3 * y + 1]) << 8 | level(down[3 * y + 2]));
            }
        }
        return result;
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
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

    /** The weights of the pixels of a line for each pixel of a shorter one, the same for every line. */
    private record Weights(int[] first, double[][] weights) {
        static Weights of(int from, int to) {
            int[] first = new int[to];
            double[][] weights = new double[to][];
            double scale = (double) from / to;
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                first[i] = (int) Math.max(0, centre - LOBES * scale);
                double[] shares = IntStream.range(first[i], (int) Math.ceil(Math.min(from, centre + LOBES * scale)))
                        .mapToDouble(k -> weight((k + 0.5 - centre) / scale))
                        .toArray();
                double sum = DoubleStream.of(shares).sum();
                weights[i] = DoubleStream.of(shares).map(share -> share / sum).toArray();
            }
            return new Weights(first, weights);
        }

        /** The shorter line, of pixels of three bands. */
        double[] applied(double[] points) {
            double[] result = new double[3 * first.length];
            for (int i = 0; i < first.length; i++) {
                for (int k = 0; k < weights[i].length; k++) {
                    for (int band = 0; band < 3; band++) {
                        result[3 * i + band] += weights[i][k] * points[3 * (first[i] + k) + band];
                    }
                }
            }
            return result;
        }
    }
}
