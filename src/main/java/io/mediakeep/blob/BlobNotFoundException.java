package io.mediakeep.blob;

import java.io.IOException;

/** The store has no bytes at a location. */
public final class BlobNotFoundException extends IOException {
    private static final long serialVersionUID = 1L;

    /** No bytes at this location. */
    public BlobNotFoundException(BlobLocation location) {
        super("no blob " + location);
    }
}
