package io.mediakeep.blob;

import java.io.IOException;

/** The store holds no bytes under a hash that it was asked for. */
public final class BlobNotFoundException extends IOException {
    private static final long serialVersionUID = 1L;

    /** No bytes under this id. */
    public BlobNotFoundException(BlobId id) {
        super("no blob " + id);
    }
}
