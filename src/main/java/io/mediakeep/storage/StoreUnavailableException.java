package io.mediakeep.storage;

import java.io.IOException;

/** A blob store on another machine is not available: it does not respond, or responds with an error. */
public final class StoreUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param reason for an operator, on one line and without secrets */
    public StoreUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
