package io.mediakeep.thumbnail.render;

import java.awt.Rectangle;

/**
 * The region of an image that a thumbnail shows, and the size of the thumbnail, which is never larger than the region.
 *
 * @param region in pixels of the source image
 * @param width of the thumbnail, in pixels
 * @param height of the thumbnail, in pixels
 */
public record ThumbnailGeometry(Rectangle region, int width, int height) {

    /** The whole image, scaled to fit inside a box. */
    public static ThumbnailGeometry scaled(int width, int height, int boxWidth, int boxHeight) {
        Rectangle all = new Rectangle(width, height);
        if (width <= boxWidth && height <= boxHeight) {
            return new ThumbnailGeometry(all, width, height);
        }
        if ((long) width * boxHeight >= (long) height * boxWidth) {
            return new ThumbnailGeometry(all, boxWidth, share(height, boxWidth, width));
        }
        return new ThumbnailGeometry(all, share(width, boxHeight, height), boxHeight);
    }

    /** The largest centred region of the image with the aspect ratio of the box. */
    public static ThumbnailGeometry cropped(int width, int height, int boxWidth, int boxHeight) {
        int partWidth = width;
        int partHeight = height;
        if ((long) width * boxHeight > (long) height * boxWidth) {
            partWidth = Math.min(width, share(height, boxWidth, boxHeight));
        } else {
            partHeight = Math.min(height, share(width, boxHeight, boxWidth));
        }
        Rectangle region = new Rectangle((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
        return new ThumbnailGeometry(region, Math.min(partWidth, boxWidth), Math.min(partHeight, boxHeight));
    }

    private static int share(int length, int of, int in) {
        return (int) Math.max(1, Math.round((double) length * of / in));
    }

    /** The factor of reduction from region to thumbnail, in the direction in which it is less. */
    public double reduction() {
        return Math.min((double) region.width / width, (double) region.height / height);
    }
}
