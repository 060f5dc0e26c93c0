package io.mediakeep.preview;

import io.mediakeep.outbound.NormalizedPath;
import java.net.URI;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for addresses, {@code [scheme://]host[:port][/path]}, in which {@code *} stands for any characters of its
 * part. A part that is not there stands for any; the path includes the query. {@code *.example.org} is every host below
 * {@code example.org} and not that host itself.
 */
final class UrlPattern {
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
        this.path = Pattern.compile(glob(letters).pattern(), Pattern.DOTALL); // a path counts letter by letter
    }

    /** The pattern that is written here; anything else is refused with {@link IllegalArgumentException}. */
    static UrlPattern parse(String text) {
        Matcher parts = GRAMMAR.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be a pattern such as https://*.example.org:8443/wiki/*");
        }
        return new UrlPattern(parts);
    }

    /** Whether the address, in its normal form, is one of these. */
    boolean matches(URI url) {
        return matchesBefore(url) && path.matcher(asAsked(url) + query(url)).matches();
    }

    /** Whether the address is one of these to a server that takes more for the same path than RFC 3986 does. */
    boolean matchesAsReadBySome(URI url) {
        return matchesBefore(url)
                && path.matcher(asReadBySome(url) + query(url)).matches();
    }

    /** Whether scheme, host and port are of these. A dot at the end of a host changes nothing. */
    private boolean matchesBefore(URI url) {
        String name = WebUrl.hostOf(url);
        return scheme.matcher(String.valueOf(url.getScheme())).matches()
                && host.matcher(name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                        .matches()
                && port.matcher(Integer.toString(WebUrl.portOf(url))).matches();
    }

    private static String asAsked(URI url) {
        String path = url.getRawPath();
        return NormalizedPath.of(path == null || path.isEmpty() ? "/" : path);
    }

    /** Escaped slashes are slashes, several are one, and segments have no parameters. */
    private static String asReadBySome(URI url) {
        String slashes = SLASH.matcher(asAsked(url)).replaceAll("/");
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
