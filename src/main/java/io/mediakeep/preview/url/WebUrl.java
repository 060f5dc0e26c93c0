package io.mediakeep.preview.url;

import io.mediakeep.matrix.PercentEncoding;
import io.mediakeep.outbound.NormalizedPath;
import java.net.IDN;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A normalised http or https URL: host in lower case and ASCII, no default port, the path as {@code NormalizedPath} makes
 * it, no fragment, only characters of RFC 3986. Parsing accepts what browsers accept by the WHATWG URL Standard, with the
 * differences listed in docs/decisions/0021.
 */
public record WebUrl(URI uri) {
    /** Longer URLs are invalid. */
    public static final int MAX_LENGTH = 4096;

    private static final int MAX_PORT = 65_535;

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern PARTS = Pattern.compile("(https?):/*([^/?]+)([^?]*)(?:\\?(.*))?");

    /** After the user information, which is left out, as it would be sent to the site. */
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:.*@)?(\\[[0-9a-fA-F:.]+]|[^:\\[\\]@]+)(?::0{0,20}([0-9]{0,5}))?");

    /** Includes {@code _}, which is not valid in host names but in use. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*\\.?");

    private static final PercentEncoding PATH = PercentEncoding.allowing("-._~!$&'()*+,;=:@/");
    private static final PercentEncoding QUERY = PercentEncoding.allowing("-._~!$&'()*+,;=:@/?");

    private static final Pattern AUTHORITY = Pattern.compile("(.*?)(?::([0-9]{1,5}))?");

    /** Parses a URL; empty for an invalid one, and for other schemes. */
    public static Optional<WebUrl> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String plain = withoutFragment(text);
        int query = plain.indexOf('?');
        String forward = query < 0
                ? plain.replace('\\', '/')
                : plain.substring(0, query).replace('\\', '/') + plain.substring(query);
        Matcher parts = PARTS.matcher(lowerCaseScheme(forward));
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group(1);
        String rest = path(parts.group(3)) + query(parts.group(4));
        return authority(scheme, parts.group(2)).flatMap(authority -> of(scheme + "://" + authority + rest));
    }

    /** The URL of a link on a page with this URL; empty for other schemes. */
    public Optional<WebUrl> resolve(String link) {
        if (link.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String href = withoutOwnScheme(withoutFragment(link).replace('\\', '/'));
        String here = uri.getScheme() + "://" + uri.getRawAuthority();
        String path = uri.getRawPath();
        if (href.isEmpty()) {
            return Optional.of(this);
        }
        if (href.startsWith("//")) {
            return parse(uri.getScheme() + ":" + href);
        }
        if (href.startsWith("/")) {
            return parse(here + href);
        }
        if (href.startsWith("?")) {
            return parse(here + path + href);
        }
        if (SCHEME.matcher(href).matches()) {
            return parse(link);
        }
        return parse(here + path.substring(0, path.lastIndexOf('/') + 1) + href);
    }

    /** A link that names the scheme of its page and no host is relative. */
    private String withoutOwnScheme(String href) {
        String scheme = uri.getScheme() + ":";
        boolean relative =
                href.regionMatches(true, 0, scheme, 0, scheme.length()) && !href.startsWith("//", scheme.length());
        return relative ? href.substring(scheme.length()) : href;
    }

    /** The host in lower case and ASCII; {@link URI#getHost} is null for names with {@code _}. */
    public static String hostOf(URI url) {
        Matcher host = AUTHORITY.matcher(String.valueOf(url.getRawAuthority()));
        return host.matches() ? host.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** The port, or the default port of the scheme. */
    public static int portOf(URI url) {
        Matcher parts = AUTHORITY.matcher(String.valueOf(url.getRawAuthority()));
        if (parts.matches() && parts.group(2) != null) {
            return Integer.parseInt(parts.group(2));
        }
        return "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
    }

    /** The last path segment, decoded, if there is one. */
    public Optional<String> lastSegment() {
        String path = uri.getPath();
        return Optional.of(path.substring(path.lastIndexOf('/') + 1)).filter(segment -> !segment.isBlank());
    }

    @Override
    public String toString() {
        return uri.toString();
    }

    private static Optional<WebUrl> of(String text) {
        try {
            URI uri = URI.create(text);
            String path = NormalizedPath.of(uri.getRawPath());
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String here = uri.getScheme() + "://" + uri.getRawAuthority();
            URI normal = URI.create(here + path + query);
            return Optional.of(new WebUrl(normal))
                    .filter(url -> normal.toString().length() <= MAX_LENGTH);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Also without what browsers drop: surrounding white space, line breaks and tabs. */
    private static String withoutFragment(String text) {
        int fragment = text.indexOf('#');
        String page = fragment < 0 ? text : text.substring(0, fragment);
        return page.strip().replace("\t", "").replace("\r", "").replace("\n", "");
    }

    private static String lowerCaseScheme(String text) {
        int colon = Math.max(text.indexOf(':'), 0);
        return text.substring(0, colon).toLowerCase(Locale.ROOT) + text.substring(colon);
    }

    private static Optional<String> authority(String scheme, String text) {
        Matcher parts = HOST_AND_PORT.matcher(text);
        if (!parts.matches() || number(parts.group(2)) > MAX_PORT) {
            return Optional.empty();
        }
        String standard = scheme.equals("http") ? "80" : "443";
        String port = parts.group(2) == null || parts.group(2).isEmpty() ? standard : parts.group(2);
        return host(parts.group(1)).map(host -> port.equals(standard) ? host : host + ":" + port);
    }

    private static int number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static Optional<String> host(String text) {
        if (text.startsWith("[")) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        try {
            String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            return Optional.of(IDN.toASCII(decoded, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT))
                    .filter(name -> NAME.matcher(name).matches());
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private static String path(String text) {
        return text.isEmpty() ? "/" : PATH.encodeRest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String query(@Nullable String text) {
        return text == null || text.isEmpty() ? "" : "?" + QUERY.encodeRest(text.getBytes(StandardCharsets.UTF_8));
    }
}
