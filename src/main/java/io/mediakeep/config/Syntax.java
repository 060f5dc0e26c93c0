package io.mediakeep.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** What single values look like. Every method throws {@link IllegalArgumentException} for anything else. */
final class Syntax {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL_NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
    private static final Pattern TYPE_GLOB = Pattern.compile("\\*|[A-Za-z0-9!#$&^_.+*-]+/[A-Za-z0-9!#$&^_.+*-]+");
    private static final Pattern SERVER_GLOB = Pattern.compile("[A-Za-z0-9.:\\[\\]*?-]{1,255}");
    private static final Pattern BEARER_TOKEN = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern HEADER_TEXT = Pattern.compile("[\\x20-\\x7e]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_%-]+");

    private Syntax() {}

    /** A whole number. */
    static long number(String text, long least, long most) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a whole number");
        }
        return between(Long.parseLong(text), least, most);
    }

    /** A whole number that an {@code int} holds. */
    static int integer(String text, int least, int most) {
        return Math.toIntExact(number(text, least, most));
    }

    static long between(long number, long least, long most) {
        if (number < least) {
            throw new IllegalArgumentException("must be at least " + least);
        }
        if (number > most) {
            throw new IllegalArgumentException("must be at most " + most);
        }
        return number;
    }

    /** How often in a second, more than 0. */
    static double rate(String text) {
        double rate = DECIMAL_NUMBER.matcher(text).matches() ? Double.parseDouble(text) : 0;
        if (rate <= 0 || rate > 1_000_000) {
            throw new IllegalArgumentException("must be a number above 0 and at most 1000000, such as 10 or 0.5");
        }
        return rate;
    }

    /** Yes or no. */
    static boolean flag(String text) {
        return oneOf(text, "true", "false").equals("true");
    }

    /** One of two words. */
    static String oneOf(String text, String one, String other) {
        if (!text.equals(one) && !text.equals(other)) {
            throw new IllegalArgumentException("must be " + one + " or " + other);
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
            // it is none, as below
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

    /** A token that fits into an {@code Authorization} header (RFC 6750, section 2.1, is narrower). */
    static String token(String text) {
        return matching(BEARER_TOKEN, text, "must be printable ASCII characters without spaces");
    }

    /** What can be said in a header. */
    static String headerText(String text) {
        return matching(HEADER_TEXT, text, "must be printable ASCII characters");
    }

    /** The name or address of an interface of this machine. */
    static String host(String text) {
        return matching(HOST, text, "must be a host name or an address, without brackets");
    }

    private static String matching(Pattern pattern, String text, String otherwise) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(otherwise);
        }
        return text;
    }
}
