package io.mediakeep.auth;

import io.mediakeep.matrix.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The SHA-256 of an access token, under which it is cached. */
record TokenHash(String hex) {

    static TokenHash of(String token) {
        return new TokenHash(Sha256.hex(token));
    }

    /** Compares in constant time. */
    boolean equalsInConstantTime(TokenHash other) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
    }
}
