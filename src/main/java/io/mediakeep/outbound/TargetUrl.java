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
 * A validated URL in canonical form.
 *
 * @param scheme {@code http} or {@code https}
 * @param path normalised, with the query
 */
public record TargetUrl(String scheme, Host host, int port, String path) {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int MAX_PORT = 65535;
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(?::([0-9]{0,5}))?");
    private static final PercentEncoding URI_CHARACTERS = PercentEncoding.allowing("-._~:/?#[]@!$&'()*+,;=");

    /** Rejects with {@link Kind#DENIED} what is neither http nor https, or has user information. */
    static TargetUrl of(URI url) throws OutboundException {
        URI uri = ascii(url);
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
        if (number < 1 || number > MAX_PORT) {
            throw denied(uri);
        }
        return new TargetUrl(scheme, Host.of(parts.group(1)), number, pathOf(uri));
    }

    /** Resolves a {@code Location} header; real ones contain spaces and raw UTF-8. */
    TargetUrl follow(String location) throws OutboundException {
        String escaped = URI_CHARACTERS.encodeRest(location.strip().getBytes(StandardCharsets.ISO_8859_1));
        try {
            // resolve() would replace the last segment by a bare query
            URI base = uri();
            return of(escaped.startsWith("?") ? new URI(withoutQuery(base) + escaped) : base.resolve(new URI(escaped)));
        } catch (URISyntaxException malformed) {
            throw new OutboundException(Kind.BAD_RESPONSE, "redirected to " + escaped, malformed);
        }
    }

    /** The URL. */
    public URI uri() {
        return URI.create(scheme + "://" + authority() + path);
    }

    /** Host and port as in the URL and the {@code Host} header. */
    String authority() {
        return defaultPort(scheme) == port ? host.inUrl() : host.inUrl() + ":" + port;
    }

    /** Whether both have the same origin. */
    boolean sameOrigin(TargetUrl other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    private static URI ascii(URI url) throws OutboundException {
        try {
            return URI.create(url.toASCIIString());
        } catch (IllegalArgumentException malformed) { // normalisation makes some characters illegal
            throw denied(url);
        }
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String pathOf(URI uri) {
        String url = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String path = NormalizedPath.of(url);
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static String withoutQuery(URI uri) {
        return uri.toString().replaceFirst("\\?.*", "");
    }

    private static OutboundException denied(URI uri) {
        return new OutboundException(Kind.DENIED, "not a valid URL: " + uri);
    }
}
