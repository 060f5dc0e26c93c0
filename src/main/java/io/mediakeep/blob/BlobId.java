package io.mediakeep.blob;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The identity of a blob: the SHA-256 of its bytes, as 64 lower-case hexadecimal digits. */
public record BlobId(String sha256) {
    static final int LENGTH = 64;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + LENGTH + "}");

    /** Rejects anything else with {@link IllegalArgumentException}. */
    public BlobId {
        if (!HEX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256");
        }
    }

    /** The identity of the bytes that a SHA-256 digest was updated with; the digest is reset. */
    static BlobId of(MessageDigest digest) {
        return new BlobId(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return sha256;
    }
}
