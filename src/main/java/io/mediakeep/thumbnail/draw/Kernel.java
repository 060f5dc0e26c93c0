package io.mediakeep.thumbnail.draw;

/**
 * How much each of many points in a row counts for each of fewer points: Lanczos' window of three lobes, stretched over
 * what becomes one point.
 */
final class Kernel {
    private static final double LOBES = 3;

    private final int[] starts;
    private final float[][] weights;

    /**
     * A kernel.
     *
     * @param from how many points there are
     * @param extent how much of them the picture covers: the last one may cover less than the others
     * @param to how many points there will be
     * @param sharpening how much a point itself counts, and the ones next to it on either side, and those after them,
     *     before anything else
     */
    Kernel(int from, double extent, int to, double... sharpening) {
        starts = new int[to];
        weights = new float[to][];
        double scale = extent / to;
        double stretch = Math.max(1, scale);
        double reach = LOBES * stretch;
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int start = (int) Math.max(0, Math.round(centre - reach));
            int end = (int) Math.min(from, Math.round(centre + reach));
            starts[i] = start;
            weights[i] = weights(start, Math.max(end, start + 1), centre, stretch, sharpening);
        }
    }

    private static float[] weights(int start, int end, double centre, double stretch, double[] sharpening) {
        double[] exact = new double[end - start];
        double sum = 0;
        for (int k = 0; k < exact.length; k++) {
            double x = start + k + 0.5 - centre;
            exact[k] = sharpening[0] * lanczos(x / stretch);
            for (int next = 1; next < sharpening.length; next++) {
                exact[k] += sharpening[next] * (lanczos((x - next) / stretch) + lanczos((x + next) / stretch));
            }
            sum += exact[k];
        }
        float[] weights = new float[exact.length];
        for (int k = 0; k < exact.length; k++) {
            weights[k] = (float) (exact[k] / sum);
        }
        return weights;
    }

    private static double lanczos(double x) {
        if (Math.abs(x) < 1e-9) {
            return 1;
        }
        double angle = Math.PI * x;
        return Math.abs(x) >= LOBES ? 0 : LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
    }

    /** The first point that counts for point {@code i}. */
    int start(int i) {
        return starts[i];
    }

    /** The point after the last one that counts for point {@code i}. */
    int end(int i) {
        return starts[i] + weights[i].length;
    }

    /** How much the points from {@link #start} on count for point {@code i}; together 1. */
    float[] weights(int i) {
        return weights[i];
    }
}
