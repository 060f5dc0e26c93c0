package io.mediakeep.matrix;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A media type with its parameters (RFC 9110, section 8.3.1; names as in RFC 6838, section 4.2), at most 255
 * characters. All decisions by the type of content use this value, and it is the value that is sent.
 */
public record ContentType(String value) {
    private static final int MAX_LENGTH = 255;
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*+";
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]++";
    private static final String QUOTED = "\"(?:[\\t !#-\\[\\]-~]|\\\\[\\t -~])*+\"";
    private static final Pattern PARAMETER =
            Pattern.compile("[\\t ]*+;[\\t ]*+(?:(" + TOKEN + ")=(?:" + TOKEN + "|" + QUOTED + "))?+");
    private static final Pattern GRAMMAR = Pattern.compile(NAME + "/" + NAME + "(?:" + PARAMETER + ")*+");

    /** The type of unknown content. */
    public static final ContentType OCTET_STREAM = new ContentType("application/octet-stream");

    /** Rejects what is not a media type, or is a range of them, with {@link IllegalArgumentException}. */
    public ContentType {
        if (value.length() > MAX_LENGTH || !GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("not a media type");
        }
    }

    /** The value of a header, or {@link #OCTET_STREAM} when that is not a media type. */
    public static ContentType parse(String header) {
        try {
            return new ContentType(header.strip());
        } catch (IllegalArgumentException malformed) {
            return OCTET_STREAM;
        }
    }

    /** Type and subtype in lower case, without parameters. */
    public String essence() {
        return value.split("[;\\t ]", 2)[0].toLowerCase(Locale.ROOT);
    }

    /**
     * The value of a {@code Content-Type} header. Text without a charset is declared UTF-8: a browser would guess
     * otherwise.
     */
    public String headerValue() {
        return essence().startsWith("text/") && !hasCharset() ? value + "; charset=utf-8" : value;
    }

    private boolean hasCharset() {
        return PARAMETER
                .matcher(value)
                .results()
                .map((MatchResult parameter) -> parameter.group(1))
                .anyMatch("charset"::equalsIgnoreCase);
    }

    @Override
    public String toString() {
        return value;
    }
}
