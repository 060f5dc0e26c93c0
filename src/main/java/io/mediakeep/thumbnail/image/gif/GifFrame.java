package io.mediakeep.thumbnail.image.gif;

import java.awt.Rectangle;

/**
 * One frame of a GIF file.
 *
 * @param bounds on the canvas
 * @param delay in hundredths of a second
 * @param disposal the disposal method: 2 restores the background, 3 the previous content, others leave the frame
 * @param control the offset of its graphic control extension, or of its data without one
 * @param start the offset of its data
 * @param end the offset after its data
 */
record GifFrame(Rectangle bounds, int delay, int disposal, long control, long start, long end) {
    static final int RESTORE_BACKGROUND = 2;
    static final int RESTORE_PREVIOUS = 3;
}
