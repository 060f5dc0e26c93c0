package io.mediakeep.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of values. Every method throws {@link IllegalArgumentException} for invalid ones. */
final class Syntax {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL_NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
    private static final Pattern TYPE_GLOB = Pattern.compile("\\*|[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+");
    private static final Pattern SERVER_GLOB = Pattern.compile("[A-Za-z0-9.:\\[\\]*?-]{1,255}");
    private static final Pattern USER_GLOB = Pattern.compile("[@*?][^\\p{Cntrl}\\s]{0,254}");
    private static final Pattern BEARER_TOKEN = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern HEADER_TEXT = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_%-]+");

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/(0|[1-9][0-9]{0,2}))?");

    private Syntax() {}

    /** A whole number. */
    static long number(String text, long min, long max) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a whole number");
        }
        return between(Long.parseLong(text), min, max);
    }

    /** A whole number that an {@code int} holds. */
    static int integer(String text, int min, int max) {
        return Math.toIntExact(number(text, min, max));
    }

    static long between(long number, long min, long max) {
        if (number < min) {
            throw new IllegalArgumentException("must be at least " + min);
        }
        if (number > max) {
            throw new IllegalArgumentException("must be at most " + max);
        }
        return number;
    }

    /** A rate per second, above 0. */
    static double rate(String text) {
        double rate = DECIMAL_NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
        if (rate <= 0 || rate > 1_000_000) {
            throw new IllegalArgumentException("must be a number above 0 and at most 1000000, such as 10 or 0.5");
        }
        return rate;
    }

    /** A boolean. */
    static boolean flag(String text) {
        return oneOf(text, "true", "false").equals("true");
    }

    /** One of two words. */
    static String oneOf(String text, String one, String other) {
        return oneOf(text, List.of(one, other));
    }

    /** One of at least two words. */
    static String oneOf(String text, List<String> words) {
        if (!words.contains(text)) {
            int last = words.size() - 1;
            throw new IllegalArgumentException(
                    "must be " + String.join(", ", words.subList(0, last)) + " or " + words.get(last));
        }
        return text;
    }

    /** The base URL of a web server, without credentials, query and fragment. */
    static URI webUrl(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            if (web && plain && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // rejected below
        }
        throw new IllegalArgumentException(
                "must be an http or https URL without credentials and query, such as https://matrix.example.org");
    }

    /** A pattern for content types, such as {@code image/*}. */
    static String typeGlob(String text) {
        return matching(TYPE_GLOB, text, "must be a content type or a pattern for some, such as image/*");
    }

    /** A pattern for server names, such as {@code *.example.org}. */
    static String serverGlob(String text) {
        return matching(SERVER_GLOB, text, "must be a server name or a pattern for some, such as *.example.org");
    }

    /** A pattern for user ids, such as {@code @bridge_*:example.org}. */
    static String userGlob(String text) {
        return matching(USER_GLOB, text, "must be a user id or a pattern for some, such as @bridge_*:example.org");
    }

    /** A token that is valid in an {@code Authorization} header (RFC 6750, section 2.1, is narrower). */
    static String token(String text) {
        return matching(BEARER_TOKEN, text, "must be printable ASCII characters without spaces");
    }

    /** Text that is valid in a header. */
    static String headerText(String text) {
        return matching(HEADER_TEXT, text, "must be printable ASCII characters");
    }

    /** The name or address of an interface of this machine. */
    static String host(String text) {
        return matching(HOST, text, "must be a host name or an address, without brackets");
    }

    /** An address or a network in CIDR notation (RFC 4632): {@code 10.0.0.0/8}, {@code ::1}. Resolves no names. */
    static String network(String text) {
        Matcher network = NETWORK.matcher(text);
        if (network.matches()) {
            String address = network.group(1);
            int bits = network.group(2) == null ? 0 : Integer.parseInt(network.group(2));
            boolean ipv4 = IPV4.matcher(address).matches();
            if ((ipv4 && bits <= 32) || (bits <= 128 && isIpv6(address))) {
                return text;
            }
        }
        throw new IllegalArgumentException("must be an address or a network, such as ::1 or 10.0.0.0/8");
    }

    private static boolean isIpv6(String address) {
        try {
            // with a colon it can only be a literal, so nothing is resolved
            return IPV6.matcher(address).matches() && InetAddress.getByName(address) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String matching(Pattern pattern, String text, String message) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(message);
        }
        return text;
    }
}
