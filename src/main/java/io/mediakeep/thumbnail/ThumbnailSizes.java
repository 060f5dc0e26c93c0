package io.mediakeep.thumbnail;

import java.util.Collection;
import java.util.TreeSet;

/**
 * The sizes in which thumbnails are rendered. A requested size is rounded up to one of a few, so that few are rendered
 * and stored, and none is smaller than requested.
 */
public final class ThumbnailSizes {
    /** The longer side, in pixels, of a box above the last step, which no image that is rendered exceeds. */
    static final int UNBOUNDED = 1_000_000;

    private final TreeSet<Integer> steps;

    /** @param steps the allowed lengths, in pixels, of the longer side of a box */
    public ThumbnailSizes(Collection<Integer> steps) {
        this.steps = new TreeSet<>(steps);
    }

    /**
     * The requested size, enlarged with its aspect ratio until its longer side equals the next step. Above the last
     * step the box is unbounded, so that the original is used.
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1
     */
    public ThumbnailSpec enlarged(int width, int height, ThumbnailSpec.Method method, boolean animated) {
        int longer = Math.max(width, height);
        Integer step = steps.ceiling(longer);
        int target = step == null ? UNBOUNDED : step;
        return new ThumbnailSpec(scaled(width, target, longer), scaled(height, target, longer), method, animated);
    }

    private static int scaled(int side, int target, int longer) {
        return (int) Math.max(1, Math.round((double) side * target / longer));
    }
}
