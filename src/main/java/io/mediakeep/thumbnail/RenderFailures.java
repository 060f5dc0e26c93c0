package io.mediakeep.thumbnail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.matrix.MatrixException;

/**
 * A cache of rejections by the hash of the content, for whatever size and content URI it is requested, so that content
 * that cannot be rendered is decoded once.
 */
final class RenderFailures {
    /** About 4 MB. */
    private static final int MAX_CACHED = 10_000;

    private final Cache<String, MatrixException> cached =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

    /** @throws MatrixException when this content was rejected before */
    void rethrow(String sha256) {
        MatrixException rejection = cached.getIfPresent(sha256);
        if (rejection != null) {
            throw rejection;
        }
    }

    /** Caches and returns the rejection of the content with this hash. */
    MatrixException add(String sha256, MatrixException rejection) {
        cached.put(sha256, rejection);
        return rejection;
    }
}
