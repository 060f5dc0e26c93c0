package io.mediakeep.thumbnail;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.OriginThumbnail;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * When the thumbnail that another server makes of its media saves us its original. It is a picture like any other, from
 * which ours is drawn.
 */
final class OriginThumbnails {
    /** Refusals that would be the same for the original: come later. */
    private static final Set<Integer> LATER = Set.of(429, 503, 504);

    private OriginThumbnails() {}

    /**
     * What to fetch instead of media; empty where only the original will do: for one that may move, as a still one does
     * not tell whether there is more, and for one larger than all thumbnails.
     */
    static Optional<Mxc> of(Mxc media, ThumbnailSpec spec) {
        if (spec.animated() || Math.max(spec.width(), spec.height()) >= ThumbnailSizes.BEYOND) {
            return Optional.empty();
        }
        String method = spec.method().name().toLowerCase(Locale.ROOT);
        return new OriginThumbnail(media, spec.width(), spec.height(), method).mxc();
    }

    /** Refuses what was drawn from a thumbnail smaller than the one asked for: the original may be larger. */
    static Drawing largeEnough(Drawing drawing, Variant variant) {
        if (OriginThumbnail.storedUnder(variant.mxc()).isPresent() && !drawing.fills(variant.spec())) {
            throw MatrixException.badGateway("The thumbnail of the other server is too small");
        }
        return drawing;
    }

    /** Whether the original is worth a try after a failure with the other server's thumbnail. */
    static boolean originalMayDo(Throwable failure) {
        return MatrixException.in(failure)
                .filter(refusal -> !LATER.contains(refusal.status()))
                .isPresent();
    }
}
