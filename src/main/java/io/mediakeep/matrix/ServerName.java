package io.mediakeep.matrix;

import java.util.regex.Pattern;

/**
 * The name of a homeserver: a host name, an IPv4 address or an IPv6 address in brackets, with an optional port
 * (Matrix specification, appendices, "Server Name"). At most 255 characters; compared case-sensitively.
 */
public record ServerName(String value) {
    private static final int LONGEST = 255;
    private static final Pattern GRAMMAR =
            Pattern.compile("(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]{2,45}\\])(?::[0-9]{1,5})?");

    /** Refuses what is not a server name with {@link IllegalArgumentException}. */
    public ServerName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a server name");
        }
    }

    /** Whether the text is a server name. */
    public static boolean isValid(String text) {
        return text.length() <= LONGEST && GRAMMAR.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
