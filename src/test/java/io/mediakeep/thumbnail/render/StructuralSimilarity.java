package io.mediakeep.thumbnail.render;

import java.awt.image.BufferedImage;

/** Mean structural similarity (SSIM) of the luma of two images, in windows of 8 by 8 pixels. */
public final class StructuralSimilarity {
    private static final int WINDOW = 8;
    private static final double C1 = Math.pow(0.01 * 255, 2);
    private static final double C2 = Math.pow(0.03 * 255, 2);

    private StructuralSimilarity() {}

    public static double of(BufferedImage a, BufferedImage b) {
        if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
            throw new IllegalArgumentException("pictures of different sizes");
        }
        double sum = 0;
        int windows = 0;
        for (int y = 0; y + WINDOW <= a.getHeight(); y += WINDOW / 2) {
            for (int x = 0; x + WINDOW <= a.getWidth(); x += WINDOW / 2) {
                sum += window(a, b, x, y);
                windows++;
            }
        }
        return sum / windows;
    }

    private static double window(BufferedImage a, BufferedImage b, int left, int top) {
        double sumA = 0;
        double sumB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int y = top; y < top + WINDOW; y++) {
            for (int x = left; x < left + WINDOW; x++) {
                double one = brightness(a.getRGB(x, y));
                double other = brightness(b.getRGB(x, y));
                sumA += one;
                sumB += other;
                squaresA += one * one;
                squaresB += other * other;
                products += one * other;
            }
        }
        int n = WINDOW * WINDOW;
        double meanA = sumA / n;
        double meanB = sumB / n;
        double varianceA = squaresA / n - meanA * meanA;
        double varianceB = squaresB / n - meanB * meanB;
        double covariance = products / n - meanA * meanB;
        return (2 * meanA * meanB + C1)
                * (2 * covariance + C2)
                / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
    }

    private static double brightness(int argb) {
        return 0.299 * (argb >> 16 & 0xff) + 0.587 * (argb >> 8 & 0xff) + 0.114 * (argb & 0xff);
    }
}
