package io.mediakeep.thumbnail.picture;

import java.awt.Rectangle;

/**
 * One picture in a GIF file.
 *
 * @param bounds where on the canvas it lies
 * @param delay how long it is shown, in hundredths of a second
 * @param disposal what becomes of it afterwards: 2 clears its place, 3 brings back what was there, others leave it
 * @param control where its control block lies in the file, if it has one; else where its data begin
 * @param start where its data begin
 * @param end where its data end
 */
record GifFrame(Rectangle bounds, int delay, int disposal, long control, long start, long end) {
    static final int CLEAR = 2;
    static final int BRING_BACK = 3;
}
