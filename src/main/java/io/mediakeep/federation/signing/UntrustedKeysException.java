package io.mediakeep.federation.signing;

import java.io.IOException;

/** The keys that a homeserver published cannot be believed. */
public final class UntrustedKeysException extends IOException {
    private static final long serialVersionUID = 1L;

    UntrustedKeysException(String reason) {
        super(reason);
    }
}
