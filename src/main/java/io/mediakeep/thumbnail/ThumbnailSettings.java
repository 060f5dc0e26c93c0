package io.mediakeep.thumbnail;

import java.util.List;

/**
 * Settings of thumbnails.
 *
 * @param steps the allowed lengths, in pixels, of the longer side of a thumbnail's box
 * @param maxVariants the maximum number of thumbnails stored for one media item
 * @param maxSourcePixels the maximum number of pixels of a source image, those of all frames counted
 * @param maxSourceSize the maximum size of a source image in bytes
 * @param workers the number of thumbnails rendered concurrently
 */
public record ThumbnailSettings(
        List<Integer> steps, int maxVariants, long maxSourcePixels, long maxSourceSize, int workers) {
    /** The default settings. */
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

    /** The maximum side of a thumbnail, in pixels. */
    public int maxSide() {
        return steps.get(steps.size() - 1);
    }
}
