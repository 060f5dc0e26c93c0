package io.mediakeep.integrity;

import java.io.IOException;

/** The database and the blob store do not belong together. The message says which do, and what to do. */
public final class OtherStoreException extends IOException {
    private static final long serialVersionUID = 1L;

    OtherStoreException(String message) {
        super(message);
    }
}
