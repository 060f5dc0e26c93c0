package io.mediakeep.thumbnail.picture;

import java.io.IOException;

/** A file that is no picture, or none that can be read. */
public final class BrokenPictureException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what is wrong with it */
    public BrokenPictureException(String what) {
        super(what);
    }
}
