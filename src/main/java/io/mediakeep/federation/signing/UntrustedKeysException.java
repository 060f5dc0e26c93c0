package io.mediakeep.federation.signing;

import java.io.IOException;

/** The published keys of a homeserver are not valid. */
public final class UntrustedKeysException extends IOException {
    private static final long serialVersionUID = 1L;

    UntrustedKeysException(String reason) {
        super(reason);
    }
}
