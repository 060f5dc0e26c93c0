package io.mediakeep.outbound;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a request may have: none with line breaks, and none that the client sets itself. */
final class HeaderRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");
    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "accept-encoding",
            "connection",
            "content-length",
            "cookie",
            "expect",
            "host",
            "proxy-authorization",
            "te",
            "transfer-encoding",
            "upgrade");

    private HeaderRules() {}

    /** Rejects others with {@link IllegalArgumentException}. */
    static void check(String name, String value) {
        if (!NAME.matcher(name).matches() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a header to set: " + name);
        }
        checkValue(value);
    }

    /**
     * Rejects line breaks and other control characters (RFC 9110, section 5.5) with {@link IllegalArgumentException}.
     */
    static void checkValue(String value) {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("not the value of a header");
        }
    }
}
