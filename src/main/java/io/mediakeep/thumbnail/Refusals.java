package io.mediakeep.thumbnail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.matrix.MatrixException;

/**
 * Why no thumbnail can be drawn of some bytes, of whatever size and under whatever content URI: so that they are tried
 * once, and not again for each size.
 */
final class Refusals {
    /** Some 4 MB. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Cache<String, MatrixException> remembered =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    /** @throws MatrixException when these bytes were refused before */
    void refuseAgain(String sha256) {
        MatrixException refusal = remembered.getIfPresent(sha256);
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Remembers why the bytes of this hash are refused; answers it. */
    MatrixException remember(String sha256, MatrixException refusal) {
        remembered.put(sha256, refusal);
        return refusal;
    }
}
