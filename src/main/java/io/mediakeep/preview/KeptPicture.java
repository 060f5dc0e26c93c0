package io.mediakeep.preview;

import io.mediakeep.matrix.Mxc;
import java.util.Optional;

/**
 * A picture of a page that is media of ours now.
 *
 * @param size in bytes
 * @param width in pixels
 * @param height in pixels
 * @param description what it shows, in words
 */
record KeptPicture(Mxc mxc, String contentType, long size, int width, int height, Optional<String> description) {

    /** The same, with what it shows. */
    KeptPicture described(Optional<String> words) {
        return new KeptPicture(mxc, contentType, size, width, height, words);
    }
}
