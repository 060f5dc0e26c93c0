package io.mediakeep.thumbnail.draw;

import java.awt.Rectangle;

/**
 * Which part of a picture is drawn, and how large: never larger than it is.
 *
 * @param part in pixels of the picture
 * @param width of the drawing, in pixels
 * @param height of the drawing, in pixels
 */
public record Framing(Rectangle part, int width, int height) {

    /** The whole picture, fitted inside a box. */
    public static Framing fitted(int width, int height, int boxWidth, int boxHeight) {
        Rectangle all = new Rectangle(width, height);
        if (width <= boxWidth && height <= boxHeight) {
            return new Framing(all, width, height);
        }
        if ((long) width * boxHeight >= (long) height * boxWidth) {
            return new Framing(all, boxWidth, share(height, boxWidth, width));
        }
        return new Framing(all, share(width, boxHeight, height), boxHeight);
    }

    /** The largest part in the middle of the picture that has the box's aspect ratio. */
    public static Framing cut(int width, int height, int boxWidth, int boxHeight) {
        int partWidth = width;
        int partHeight = height;
        if ((long) width * boxHeight > (long) height * boxWidth) {
            partWidth = Math.min(width, share(height, boxWidth, boxHeight));
        } else {
            partHeight = Math.min(height, share(width, boxHeight, boxWidth));
        }
        Rectangle part = new Rectangle((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
        return new Framing(part, Math.min(partWidth, boxWidth), Math.min(partHeight, boxHeight));
    }

    private static int share(int length, int of, int in) {
        return (int) Math.max(1, Math.round((double) length * of / in));
    }

    /** How many times smaller the drawing is than the part, in the direction in which it shrinks less. */
    public double smaller() {
        return Math.min((double) part.width / width, (double) part.height / height);
    }
}
