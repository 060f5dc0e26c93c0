package io.mediakeep.thumbnail.image;

import java.io.IOException;

/** A file that is not an image, or cannot be decoded. */
public final class CorruptImageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what is wrong with it */
    public CorruptImageException(String what) {
        super(what);
    }
}
