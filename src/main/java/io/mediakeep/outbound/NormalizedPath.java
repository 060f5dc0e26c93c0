package io.mediakeep.outbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;

/** Normalises paths of URLs (RFC 3986, section 6.2.2): equivalent spellings become equal. */
public final class NormalizedPath {
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]");
    private static final int HEXADECIMAL = 16;

    private NormalizedPath() {}

    /**
     * The path with unreserved characters decoded, and then without dot segments, so that {@code /a/%2e%2E/%62} is
     * {@code /b}.
     *
     * @param path starts with a slash
     */
    public static String of(String path) {
        return withoutDots(escapes(path));
    }

    /** The text with the escapes of unreserved characters decoded and all others in upper case; nothing is decoded twice. */
    public static String escapes(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> {
            String escape = found.group().toUpperCase(Locale.ROOT);
            String character = String.valueOf((char) Integer.parseInt(escape, 1, escape.length(), HEXADECIMAL));
            return UNRESERVED.matcher(character).matches() ? character : escape;
        });
    }

    /**
     * The path without the segments {@code .} and {@code ..} (RFC 3986, section 5.2.4), which never lead above the
     * root.
     */
    public static String withoutDots(String path) {
        Deque<String> output = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean up = segments[i].equals("..");
            boolean dots = up || segments[i].equals(".");
            if (up) {
                output.pollLast();
            }
            if (!dots) {
                output.add(segments[i]);
            } else if (i == segments.length - 1) {
                output.add("");
            }
        }
        return "/" + String.join("/", output);
    }
}
