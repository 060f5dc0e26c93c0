package io.mediakeep.preview;

import io.mediakeep.matrix.Sha256;

/** What makes two previews the same: the address in its normal form, and the language it was asked for in. */
record PreviewKey(WebUrl url, Language language) {

    /** A SHA-256, 64 lower-case hexadecimal digits. */
    String hash() {
        return Sha256.hex(url + "\n" + language.header());
    }
}
