package io.mediakeep.blob;

import io.mediakeep.matrix.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of a blob: the SHA-256 of its bytes, as 64 lower-case hexadecimal digits. */
public record BlobId(String sha256) {
    static final int LENGTH = 64;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + LENGTH + "}");

    /** Refuses anything else with {@link IllegalArgumentException}. */
    public BlobId {
        if (!HEX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256");
        }
    }

    /** The name of the bytes that went into a {@link Sha256#newDigest digest}, which is reset. */
    static BlobId of(MessageDigest digest) {
        return new BlobId(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return sha256;
    }
}
