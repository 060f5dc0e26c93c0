package io.mediakeep.thumbnail;

/**
 * What is to be drawn.
 *
 * @param width of the box, in pixels, at least 1
 * @param height of the box, in pixels, at least 1
 * @param method how the picture fills the box
 * @param animated whether it may move
 */
public record ThumbnailSpec(int width, int height, Method method, boolean animated) {

    /** How a picture fills its box. */
    public enum Method {
        /** It fits inside the box, its aspect ratio kept. */
        SCALE,
        /** It covers the box, and its middle is cut out. */
        CROP
    }

    public ThumbnailSpec {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a box has at least one pixel");
        }
    }
}
