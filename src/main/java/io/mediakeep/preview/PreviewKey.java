package io.mediakeep.preview;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What makes two previews the same: the address in its normal form, and the language it was asked for in. */
record PreviewKey(WebUrl url, Language language) {

    /** A SHA-256, 64 lower-case hexadecimal digits. */
    String hash() {
        try {
            byte[] text = (url + "\n" + language.header()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
