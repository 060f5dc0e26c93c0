package io.mediakeep.federation.signing;

import java.util.Base64;

/** Base64 without padding (Matrix specification, appendices, "Unpadded Base64"). */
final class UnpaddedBase64 {
    private UnpaddedBase64() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Accepts padding too, as the specification requires; rejects anything else with {@link IllegalArgumentException}.
     */
    static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException revealsTheCharacter) {
            throw new IllegalArgumentException("not Base64");
        }
    }
}
