package io.mediakeep.app;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The target of a request as it came over the wire. */
final class RequestTarget {
    private RequestTarget() {}

    /** Path and query in one. */
    static String of(String path, @Nullable String query) {
        return query == null ? path : path + "?" + query;
    }

    /** Whether it can be taken for a URI at all; Jersey answers what cannot with a fault of its own. */
    static boolean isSound(@Nullable String path, @Nullable String query) {
        if (path == null || !path.startsWith("/") || path.startsWith("//")) {
            return false;
        }
        try {
            return new URI(of(path, query)).getRawPath() != null && !path.contains("%00");
        } catch (URISyntaxException nonsense) {
            return false;
        }
    }
}
