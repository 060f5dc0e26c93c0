package io.mediakeep.preview;

import io.mediakeep.outbound.NormalPath;
import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of something on the web in its normal form: {@code http} or {@code https}, the host in lower case and
 * ASCII, no default port, the path as {@link NormalPath} makes it, no fragment, nothing but what RFC 3986 allows. People and pages write
 * addresses more freely than that; what a browser would understand is understood.
 */
record WebUrl(URI uri) {
    /** What is longer is no address that anybody typed or linked. */
    static final int LONGEST = 4096;

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern PARTS = Pattern.compile("(https?):/+([^/?]+)([^?]*)(?:\\?(.*))?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]@]+)(?::([0-9]{0,5}))?");

    /** The address that is written here, unless it is none, or none of the web, or holds a user's name. */
    static Optional<WebUrl> parse(String text) {
        if (text.length() > LONGEST) {
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

    /** The address that a link on a page of this address leads to, unless it leads out of the web. */
    Optional<WebUrl> resolve(String link) {
        if (link.length() > LONGEST) {
            return Optional.empty();
        }
        String href = withoutFragment(link).replace('\\', '/');
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

    /** The last segment of the path as a person reads it, if there is one. */
    Optional<String> lastSegment() {
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
            String path = NormalPath.of(uri.getRawPath());
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String here = uri.getScheme() + "://" + uri.getRawAuthority();
            URI normal = URI.create(here + path + query);
            return Optional.of(new WebUrl(normal))
                    .filter(url -> normal.getHost() != null && normal.toString().length() <= LONGEST);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Without what browsers drop, too: blanks around it, line breaks and tabs in it. */
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
        if (!parts.matches()) {
            return Optional.empty();
        }
        String standard = scheme.equals("http") ? "80" : "443";
        String port = parts.group(2) == null || parts.group(2).isEmpty() ? standard : parts.group(2);
        return host(parts.group(1)).map(host -> port.equals(standard) ? host : host + ":" + port);
    }

    private static Optional<String> host(String text) {
        if (text.startsWith("[")) {
            return Optional.of(text.toLowerCase(Locale.ROOT));
        }
        try {
            return Optional.of(IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private static String path(String text) {
        return text.isEmpty() ? "/" : UrlEncoding.ofPath(text);
    }

    private static String query(@Nullable String text) {
        return text == null || text.isEmpty() ? "" : "?" + UrlEncoding.ofQuery(text);
    }
}
