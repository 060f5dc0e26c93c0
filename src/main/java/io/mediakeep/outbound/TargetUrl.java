package io.mediakeep.outbound;

import io.mediakeep.matrix.PercentEncoding;
import io.mediakeep.outbound.OutboundException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that one may ask, in canonical form.
 *
 * @param scheme {@code http} or {@code https}
 * @param path in its normal form and with the query, as it is sent
 */
public record TargetUrl(String scheme, Host host, int port, String path) {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int HIGHEST_PORT = 65535;
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(?::([0-9]{0,5}))?");
    private static final PercentEncoding URI_CHARACTERS = PercentEncoding.allowing("-._~:/?#[]@!$&'()*+,;=");

    /** Refuses with {@link Kind#DENIED} what is neither http nor https, or names a user. */
    static TargetUrl of(URI given) throws OutboundException {
        URI uri = ascii(given);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        if (!SCHEMES.contains(scheme) || authority == null || authority.indexOf('@') >= 0) {
            throw denied(uri);
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            throw denied(uri);
        }
        String port = parts.group(2);
        int number = port == null || port.isEmpty() ? defaultPort(scheme) : Integer.parseInt(port);
        if (number < 1 || number > HIGHEST_PORT) {
            throw denied(uri);
        }
        return new TargetUrl(scheme, Host.of(parts.group(1)), number, pathOf(uri));
    }

    /** Where a {@code Location} header points, seen from here; URLs in the wild hold spaces and bytes of UTF-8. */
    TargetUrl follow(String location) throws OutboundException {
        String escaped = URI_CHARACTERS.encodeRest(location.strip().getBytes(StandardCharsets.ISO_8859_1));
        try {
            // resolve() would take a bare query for a sibling of this page
            URI base = uri();
            return of(escaped.startsWith("?") ? new URI(plain(base) + escaped) : base.resolve(new URI(escaped)));
        } catch (URISyntaxException nonsense) {
            throw new OutboundException(Kind.BAD_ANSWER, "redirected to " + escaped, nonsense);
        }
    }

    /** The URL. */
    public URI uri() {
        return URI.create(scheme + "://" + authority() + path);
    }

    /** Host and port as they stand in the URL and in the {@code Host} header. */
    String authority() {
        return defaultPort(scheme) == port ? host.inUrl() : host.inUrl() + ":" + port;
    }

    /** Whether credentials may go there that are meant for here. */
    boolean sameOrigin(TargetUrl other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    private static URI ascii(URI given) throws OutboundException {
        try {
            return URI.create(given.toASCIIString());
        } catch (IllegalArgumentException nonsense) { // normalisation makes some letters illegal
            throw denied(given);
        }
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String pathOf(URI uri) {
        String given = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String path = NormalizedPath.of(given);
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static String plain(URI uri) {
        return uri.toString().replaceFirst("\\?.*", "");
    }

    private static OutboundException denied(URI uri) {
        return new OutboundException(Kind.DENIED, "not a URL to ask: " + uri);
    }
}
