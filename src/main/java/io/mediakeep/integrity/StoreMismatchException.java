package io.mediakeep.integrity;

import java.io.IOException;

/** The database and the blob store do not belong together. The message names both, and the remedy. */
public final class StoreMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreMismatchException(String message) {
        super(message);
    }
}
