package io.mediakeep.federation.signing;

import java.util.regex.Pattern;

/** The id of a signing key, {@code ed25519:version} (Matrix specification, appendices, "Signing JSON"). */
public record KeyId(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("ed25519:[A-Za-z0-9_]{1,128}");

    /** Rejects what is not an ed25519 key id with {@link IllegalArgumentException}. */
    public KeyId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not the name of an ed25519 key");
        }
    }

    /** Whether the text is an ed25519 key id. */
    static boolean isValid(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
