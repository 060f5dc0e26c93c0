package io.mediakeep.federation.signing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of an {@code Authorization} header (RFC 9110, section 11.4). Unquoted values may contain characters
 * that are not permitted in a token, such as the colon of a port: some homeservers send them.
 */
final class AuthParameters {
    /** Four times as long as four values of maximum length. */
    private static final int MAX_LENGTH = 4096;

    private static final Pattern PARAMETER = Pattern.compile("(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]++)[ \t]*=[ \t]*"
            + "(?:\"(?<quoted>(?:[^\"\\\\]++|\\\\.)*+)\"|(?<bare>[^\\s\",\\\\]++))[ \t]*(?:,|$)");

    private static final Pattern BETWEEN = Pattern.compile("[ \t,]*+");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private AuthParameters() {}

    /**
     * The values by their names in lower case.
     *
     * @throws IllegalArgumentException when a name is duplicate, or the text is too long or malformed
     */
    static Map<String, String> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("too long");
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        Matcher between = BETWEEN.matcher(text);
        for (int at = after(between, 0); at < text.length(); at = after(between, parameter.end())) {
            if (!parameter.region(at, text.length()).lookingAt()) {
                throw new IllegalArgumentException("not a list of parameters");
            }
            add(parameters, parameter.group("name").toLowerCase(Locale.ROOT), value(parameter));
        }
        return parameters;
    }

    private static int after(Matcher between, int start) {
        between.region(start, between.regionEnd());
        return between.lookingAt() ? between.end() : start;
    }

    private static void add(Map<String, String> parameters, String name, String value) {
        if (parameters.put(name, value) != null) {
            throw new IllegalArgumentException("'" + name + "' is duplicate");
        }
    }

    private static String value(Matcher parameter) {
        String quoted = parameter.group("quoted");
        return quoted == null
                ? parameter.group("bare")
                : ESCAPED.matcher(quoted).replaceAll("$1");
    }
}
