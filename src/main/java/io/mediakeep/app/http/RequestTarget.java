package io.mediakeep.app.http;

import io.mediakeep.matrix.PercentEncoding;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The target of a request as received. */
public final class RequestTarget {
    private static final PercentEncoding ASCII = new PercentEncoding(octet -> octet < 0x80);

    private RequestTarget() {}

    /** Path and query. */
    public static String of(String path, @Nullable String query) {
        return query == null ? path : path + "?" + query;
    }

    /**
     * Path or query with octets beyond ASCII percent-encoded, so that raw UTF-8 is parsed as UTF-8.
     *
     * @param octets one character for each octet, as Grizzly decodes them
     */
    public static String escaped(String octets) {
        return ASCII.encodeRest(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether it is a valid URI; Jersey responds to an invalid one with an error of its own. */
    public static boolean isValid(@Nullable String path, @Nullable String query) {
        if (path == null || !path.startsWith("/") || path.startsWith("//")) {
            return false;
        }
        try {
            return new URI(of(path, query)).getRawPath() != null && !path.contains("%00");
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
