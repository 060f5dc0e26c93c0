package io.mediakeep.thumbnail.render;

/**
 * The weights of source points for each point of a reduced row: a Lanczos window of three lobes, scaled to the
 * reduction.
 */
final class LanczosKernel {
    private static final double LOBES = 3;

    private final int[] starts;
    private final float[][] weights;

    /**
     * A kernel.
     *
     * @param from the number of source points
     * @param extent how many of them the image covers: the last one may be covered in part
     * @param to the number of points of the result
     * @param sharpening a symmetric filter applied to the source points first: the weight of a point itself, of its
     *     neighbours on either side, and so on
     */
    LanczosKernel(int from, double extent, int to, double... sharpening) {
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

    /** The first source point with a weight for point {@code i}. */
    int start(int i) {
        return starts[i];
    }

    /** The source point after the last one with a weight for point {@code i}. */
    int end(int i) {
        return starts[i] + weights[i].length;
    }

    /** The weights of the source points from {@link #start} on for point {@code i}; their sum is 1. */
    float[] weights(int i) {
        return weights[i];
    }
}
