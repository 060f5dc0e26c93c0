package io.mediakeep.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /** The name of the bytes that went into a {@link #newDigest digest}, which is reset. */
    static BlobId of(MessageDigest digest) {
        return new BlobId(HexFormat.of().formatHex(digest.digest()));
    }

    /** A digest of no bytes yet. */
    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return sha256;
    }
}
