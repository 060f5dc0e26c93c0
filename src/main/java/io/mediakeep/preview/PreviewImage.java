package io.mediakeep.preview;

import io.mediakeep.matrix.Mxc;
import java.util.Optional;

/**
 * The image of a preview, stored as media.
 *
 * @param size in bytes
 * @param width in pixels
 * @param height in pixels
 * @param description its alternative text
 */
record PreviewImage(Mxc mxc, String contentType, long size, int width, int height, Optional<String> description) {

    /** The same with an alternative text. */
    PreviewImage withDescription(Optional<String> words) {
        return new PreviewImage(mxc, contentType, size, width, height, words);
    }
}
