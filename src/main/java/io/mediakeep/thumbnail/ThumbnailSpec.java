package io.mediakeep.thumbnail;

/**
 * The parameters of a thumbnail.
 *
 * @param width of the box, in pixels, at least 1
 * @param height of the box, in pixels, at least 1
 * @param method how the image is fitted to the box
 * @param animated whether the thumbnail may be animated
 */
public record ThumbnailSpec(int width, int height, Method method, boolean animated) {

    /** How an image is fitted to its box (Client-Server API, {@code method} of the thumbnail endpoint). */
    public enum Method {
        /** Scaled to fit inside the box, with its aspect ratio. */
        SCALE,
        /** Scaled to cover the box, and cropped to it around the centre. */
        CROP
    }

    public ThumbnailSpec {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a box has at least one pixel");
        }
    }
}
