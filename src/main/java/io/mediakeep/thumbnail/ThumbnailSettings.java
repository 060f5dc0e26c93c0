package io.mediakeep.thumbnail;

import java.util.List;

/**
 * How thumbnails are made.
 *
 * @param steps how long, in pixels, the longer side of a thumbnail's box may be
 * @param maxVariants how many thumbnails of one media are kept
 * @param maxSourcePixels the most pixels that a picture may have, those of all frames counted
 * @param maxSourceSize the most bytes that a picture may have
 * @param workers how many thumbnails are drawn at the same time
 */
public record ThumbnailSettings(
        List<Integer> steps, int maxVariants, long maxSourcePixels, long maxSourceSize, int workers) {
    /** What holds unless it is set. */
    public static final ThumbnailSettings DEFAULTS = new ThumbnailSettings(
            List.of(32, 96, 240, 320, 480, 640, 800, 1200, 1600, 2048),
            16,
            50_000_000,
            50L * 1024 * 1024,
            Runtime.getRuntime().availableProcessors());

    public ThumbnailSettings {
        steps = steps.stream().sorted().toList();
        if (steps.isEmpty() || steps.get(0) < 1) {
            throw new IllegalArgumentException("a thumbnail has at least one pixel");
        }
        if (maxVariants < 1 || maxSourcePixels < 1 || maxSourceSize < 1 || workers < 1) {
            throw new IllegalArgumentException("limits of thumbnails are at least 1");
        }
    }

    /** The longest side that a thumbnail can have, in pixels. */
    public int longestSide() {
        return steps.get(steps.size() - 1);
    }
}
