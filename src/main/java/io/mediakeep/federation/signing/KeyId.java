package io.mediakeep.federation.signing;

import java.util.regex.Pattern;

/** The name of a signing key, {@code ed25519:version} (Matrix specification, appendices, "Signing JSON"). */
public record KeyId(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("ed25519:[A-Za-z0-9_]{1,128}");

    /** Refuses what does not name an ed25519 key with {@link IllegalArgumentException}. */
    public KeyId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not the name of an ed25519 key");
        }
    }

    /** Whether the text names an ed25519 key. */
    static boolean isValid(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
