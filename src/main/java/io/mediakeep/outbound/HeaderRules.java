package io.mediakeep.outbound;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a request may carry: nothing that ends a line, and none that the guard itself has to set. */
final class HeaderRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");
    private static final Set<String> OURS = Set.of(
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

    /** Refuses with {@link IllegalArgumentException}. */
    static void check(String name, String value) {
        if (!NAME.matcher(name).matches() || OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a header to set: " + name);
        }
        checkValue(value);
    }

    /** Refuses line breaks and other control characters (RFC 9110, section 5.5) with {@link IllegalArgumentException}. */
    static void checkValue(String value) {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("not the value of a header");
        }
    }
}
