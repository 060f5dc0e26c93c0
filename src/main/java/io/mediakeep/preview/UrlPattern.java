package io.mediakeep.preview;

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

    private final Pattern scheme;
    private final Pattern host;
    private final Pattern port;
    private final Pattern path;

    private UrlPattern(Matcher parts) {
        this.scheme = glob(parts.group(1));
        this.host = glob(parts.group(2));
        this.port = glob(parts.group(3));
        this.path = Pattern.compile(glob(parts.group(4)).pattern(), Pattern.DOTALL); // a path counts letter by letter
    }

    /** The pattern that is written here; anything else is refused with {@link IllegalArgumentException}. */
    static UrlPattern parse(String text) {
        Matcher parts = GRAMMAR.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be a pattern such as https://*.example.org:8443/wiki/*");
        }
        return new UrlPattern(parts);
    }

    /** Whether the address is one of these. A dot at the end of a host changes nothing. */
    boolean matches(URI url) {
        String name = url.getHost() == null ? "" : url.getHost();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String rawPath = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return scheme.matcher(String.valueOf(url.getScheme())).matches()
                && host.matcher(name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                        .matches()
                && port.matcher(Integer.toString(port(url))).matches()
                && path.matcher(rawPath + query).matches();
    }

    private static int port(URI url) {
        int standard = "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
        return url.getPort() < 0 ? standard : url.getPort();
    }

    private static Pattern glob(@Nullable String text) {
        String pattern = Arrays.stream((text == null ? "*" : text).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
