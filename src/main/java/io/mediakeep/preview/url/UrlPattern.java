package io.mediakeep.preview.url;

import io.mediakeep.outbound.NormalizedPath;
import java.net.URI;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for URLs, {@code [scheme://]host[:port][/path]}, in which {@code *} matches any characters within its part.
 * A missing part matches anything; the path includes the query. {@code *.example.org} matches every host below {@code
 * example.org} but not that host itself.
 */
public final class UrlPattern {
    private static final Pattern GRAMMAR = Pattern.compile(
            "(?:(https?|\\*)://)?(\\[[0-9a-fA-F:.*]+]|[^\\s/:\\[\\]@?#]+)(?::([0-9]{1,5}|\\*))?(/\\S*)?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SLASH = Pattern.compile("%2F|%5C");
    private static final Pattern PARAMETER = Pattern.compile(";[^/]*");

    private final Pattern scheme;
    private final Pattern host;
    private final Pattern port;
    private final Pattern path;

    private UrlPattern(Matcher parts) {
        this.scheme = glob(parts.group(1));
        this.host = glob(parts.group(2));
        this.port = glob(parts.group(3));
        String letters = parts.group(4) == null ? null : NormalizedPath.escapes(parts.group(4));
        this.path = Pattern.compile(glob(letters).pattern(), Pattern.DOTALL); // a path is case-sensitive
    }

    /** Parses a pattern; {@link IllegalArgumentException} for an invalid one. */
    public static UrlPattern parse(String text) {
        Matcher parts = GRAMMAR.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be a pattern such as https://*.example.org:8443/wiki/*");
        }
        return new UrlPattern(parts);
    }

    /** Whether a normalised URL matches. */
    public boolean matches(URI url) {
        return matchesAuthority(url)
                && path.matcher(normalPath(url) + query(url)).matches();
    }

    /** Whether a URL matches for a server that treats more paths as equal than RFC 3986 does. */
    public boolean matchesLeniently(URI url) {
        return matchesAuthority(url)
                && path.matcher(lenientPath(url) + query(url)).matches();
    }

    /** Whether scheme, host and port match. A trailing dot of the host is ignored. */
    private boolean matchesAuthority(URI url) {
        String name = WebUrl.hostOf(url);
        return scheme.matcher(String.valueOf(url.getScheme())).matches()
                && host.matcher(name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                        .matches()
                && port.matcher(Integer.toString(WebUrl.portOf(url))).matches();
    }

    private static String normalPath(URI url) {
        String path = url.getRawPath();
        return NormalizedPath.of(path == null || path.isEmpty() ? "/" : path);
    }

    /** Escaped slashes are slashes, repeated ones are one, and segments have no parameters. */
    private static String lenientPath(URI url) {
        String slashes = SLASH.matcher(normalPath(url)).replaceAll("/");
        return NormalizedPath.withoutDots(
                PARAMETER.matcher(slashes).replaceAll("").replaceAll("/+", "/"));
    }

    private static String query(URI url) {
        return url.getRawQuery() == null ? "" : "?" + NormalizedPath.escapes(url.getRawQuery());
    }

    private static Pattern glob(@Nullable String text) {
        String pattern = Arrays.stream((text == null ? "*" : text).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
