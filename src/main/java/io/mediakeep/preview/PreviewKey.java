package io.mediakeep.preview;

import io.mediakeep.matrix.Sha256;
import io.mediakeep.preview.url.WebUrl;

/** The key of a preview: the normalised URL and the language. */
record PreviewKey(WebUrl url, Language language) {

    /** SHA-256 as 64 lower-case hexadecimal digits. */
    String hash() {
        return Sha256.hex(url + "\n" + language.header());
    }
}
