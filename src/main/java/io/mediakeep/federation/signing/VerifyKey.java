package io.mediakeep.federation.signing;

import java.security.PublicKey;

/** The public half of a homeserver's signing key. */
public final class VerifyKey {
    private final PublicKey key;

    /** A key in unpadded Base64; rejects an invalid one with {@link IllegalArgumentException}. */
    VerifyKey(String key) {
        this.key = Ed25519.publicKey(UnpaddedBase64.decode(key));
    }

    /** Whether the signature, in unpadded Base64, is valid for the message. */
    public boolean verifies(byte[] message, String signature) {
        return Ed25519.verifies(key, message, signature);
    }
}
