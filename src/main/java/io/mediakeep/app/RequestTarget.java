package io.mediakeep.app;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The target of a request as it came over the wire. */
final class RequestTarget {
    private RequestTarget() {}

    /** Whether it can be taken for a URI at all; Jersey answers what cannot with a fault of its own. */
    static boolean isSound(@Nullable String path, @Nullable String query) {
        if (path == null || !path.startsWith("/") || path.startsWith("//")) {
            return false;
        }
        try {
            String target = query == null ? path : path + "?" + query;
            return new URI(target).getRawPath() != null && !path.contains("%00");
        } catch (URISyntaxException nonsense) {
            return false;
        }
    }
}
