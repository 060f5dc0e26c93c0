package io.mediakeep.matrix;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The name of a homeserver: a host name, an IPv4 address or an IPv6 address in brackets, with an optional port
 * (Matrix specification, appendices, "Server Name"). At most 255 characters; compared case-sensitively.
 */
public record ServerName(String value) {
    private static final int MAX_LENGTH = 255;
    private static final Pattern GRAMMAR =
            Pattern.compile("(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]{2,45}\\])(?::[0-9]{1,5})?");

    /** Rejects what is not a server name with {@link IllegalArgumentException}. */
    public ServerName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a server name");
        }
    }

    /** Whether the text is a server name. */
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && GRAMMAR.matcher(text).matches();
    }

    /** The name without its port; an IPv6 address keeps its brackets. */
    public String host() {
        return value.substring(0, hostLength());
    }

    /** The port, if there is one: up to five digits, which may be above 65535. */
    public OptionalInt port() {
        int length = hostLength();
        return length == value.length()
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(value, length + 1, value.length(), 10));
    }

    private int hostLength() {
        int colon = value.lastIndexOf(':');
        return colon > value.lastIndexOf(']') ? colon : value.length();
    }

    @Override
    public String toString() {
        return value;
    }
}
