package io.mediakeep.blob;

import java.io.IOException;

/** The stored bytes at a location differ from those that were put there. */
public final class DamagedBlobException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what a description of the damage */
    public DamagedBlobException(String what) {
        super(what);
    }
}
