package io.mediakeep.blob;

import java.io.IOException;

/** The bytes at a location are not those that were put there, or not all of them. */
public final class DamagedBlobException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what is wrong with which part of them */
    public DamagedBlobException(String what) {
        super(what);
    }
}
