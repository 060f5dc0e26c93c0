package io.mediakeep.thumbnail;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.OriginThumbnail;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * When fetching the thumbnail of the origin server saves fetching the original. The fetched thumbnail is a source image
 * like any other, from which ours is rendered.
 */
final class OriginThumbnails {
    /** Statuses with which a request for the original would fail too. */
    private static final Set<Integer> RETRY_LATER = Set.of(429, 503, 504);

    private OriginThumbnails() {}

    /**
     * The content URI to fetch instead of the media; empty where the original is required: for a thumbnail that may be
     * animated, since a still one does not show whether the original is, and for one larger than all steps.
     */
    static Optional<Mxc> of(Mxc media, ThumbnailSpec spec) {
        if (spec.animated() || Math.max(spec.width(), spec.height()) >= ThumbnailSizes.UNBOUNDED) {
            return Optional.empty();
        }
        String method = spec.method().name().toLowerCase(Locale.ROOT);
        return new OriginThumbnail(media, spec.width(), spec.height(), method).mxc();
    }

    /** Rejects a result rendered from a thumbnail smaller than requested: the original may be larger. */
    static RenderResult requireLargeEnough(RenderResult result, ThumbnailKey key) {
        if (OriginThumbnail.storedUnder(key.mxc()).isPresent() && !result.fills(key.spec())) {
            throw MatrixException.badGateway("The thumbnail of the origin server is too small");
        }
        return result;
    }

    /** Whether to fetch the original after a failure with the origin server's thumbnail. */
    static boolean shouldTryOriginal(Throwable failure) {
        return MatrixException.in(failure)
                .filter(rejection -> !RETRY_LATER.contains(rejection.status()))
                .isPresent();
    }
}
