package io.mediakeep.thumbnail;

import java.util.Collection;
import java.util.TreeSet;

/**
 * The sizes in which thumbnails are made. Whatever is asked for becomes one of a few, so that few are drawn and kept,
 * and none is smaller than what was asked for.
 */
public final class ThumbnailSizes {
    /** The longer side, in pixels, of a box that lies beyond the last step and holds every picture that we draw. */
    static final int BEYOND = 1_000_000;

    private final TreeSet<Integer> steps;

    /** @param steps how long, in pixels, the longer side of a box may be */
    public ThumbnailSizes(Collection<Integer> steps) {
        this.steps = new TreeSet<>(steps);
    }

    /**
     * The size asked for, enlarged until its longer side lands on the next step, its aspect ratio kept. What is longer
     * than the last step asks for the original, by a box that holds it.
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     */
    public ThumbnailSpec enlarged(int width, int height, ThumbnailSpec.Method method, boolean animated) {
        int longer = Math.max(width, height);
        Integer step = steps.ceiling(longer);
        int target = step == null ? BEYOND : step;
        return new ThumbnailSpec(scaled(width, target, longer), scaled(height, target, longer), method, animated);
    }

    private static int scaled(int side, int target, int longer) {
        return (int) Math.max(1, Math.round((double) side * target / longer));
    }
}
