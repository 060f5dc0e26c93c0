package io.mediakeep.auth;

import io.mediakeep.matrix.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What we keep of an access token: its SHA-256. */
record TokenHash(String hex) {

    static TokenHash of(String token) {
        return new TokenHash(Sha256.hex(token));
    }

    /** Takes as long whether they are the same or not. */
    boolean sameAs(TokenHash other) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
    }
}
